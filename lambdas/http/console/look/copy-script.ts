/**
 * Gives everything that has `data-copy` a button that copies it. The same text on every page, so that its hash can
 * stand in the policy; whoever runs no script selects and copies by hand.
 */
export const copyScript = `for(const source of document.querySelectorAll('[data-copy]')){const button=document.createElement('button');button.type='button';button.className='copy';button.textContent='Copy';button.setAttribute('aria-label','Copy '+source.dataset.copy);button.addEventListener('click',async()=>{try{await navigator.clipboard.writeText(source.value??source.textContent);button.textContent='Copied'}catch{source.select?.();button.textContent='Press Ctrl+C'}setTimeout(()=>{button.textContent='Copy'},2000)});source.parentElement.append(button);source.addEventListener('focus',()=>source.select?.())}`;
