/**
 * Gives everything that has `data-copy` a button that copies it. The same text on every page, so that its hash can
 * stand in the policy; whoever runs no script selects and copies by hand.
 */
export const copyScript = `for(const source of document.querySelectorAll('[data-copy]')){
const button=document.createElement('button'),word=document.createElement('span'),what=document.createElement('span');
button.type='button';button.className='copy';word.textContent='Copy';what.className='hidden';what.textContent=' '+source.dataset.copy;button.append(word,what);
button.addEventListener('click',async()=>{try{await navigator.clipboard.writeText(source.value??source.textContent);word.textContent='Copied'}catch{source.focus();word.textContent='Press Ctrl+C for'}setTimeout(()=>{word.textContent='Copy'},2000)});
source.addEventListener('focus',()=>source.select?.());source.parentElement.append(button)}`;
