import { readableColor } from './readable-color.ts';

const light = { page: '#f5f6f8', card: '#ffffff', ink: '#1b1f24', soft: '#57606a', line: '#dfe3e8', tint: '#f5f6f8' };
const dark = { page: '#101317', card: '#191d23', ink: '#eceff3', soft: '#a3adba', line: '#323943', tint: '#20262e' };

/**
 * The one stylesheet of all pages. No font, image or rule comes from anywhere else.
 *
 * @param accent colour of buttons and links, `#rrggbb`
 */
export function stylesheet(accent: string): string {
  return `${colors(accent)}
${rules}`;
}

/** The colours of every page, by name, light and dark. @param accent as above */
export function colors(accent: string): string {
  return `:root{color-scheme:light dark;${scheme(light, accent)}--on-accent:#ffffff;--warn:#7a4d00;--warn-back:#fff6e0;--warn-line:#e8c77a}
@media (prefers-color-scheme:dark){:root{${scheme(dark, accent)}--on-accent:#101317;--warn:#f4cf85;--warn-back:#2c2414;--warn-line:#6b5524}}`;
}

function scheme(tones: typeof light, accent: string): string {
  const own = Object.entries(tones).map(([name, value]) => `--${name}:${value};`);
  // Links stand on the tint too, so that is the background to be readable on; on the card contrast is no lower.
  return `${own.join('')}--accent:${readableColor(accent, tones.tint)};`;
}

const rules = `
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;text-size-adjust:100%}
body{margin:0;min-height:100vh;display:flex;flex-direction:column;align-items:center;gap:1.5rem;padding:clamp(1rem,6vh,4.5rem) 1rem 2rem;background:var(--page);color:var(--ink);font:1rem/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;overflow-wrap:anywhere}
header,main,footer{width:100%;max-width:32rem}
header{display:flex;align-items:center;justify-content:center;gap:.6rem;font-weight:600}
header img{max-height:2.25rem;max-width:9rem}
header svg{width:1.5rem;height:1.5rem;color:var(--accent);flex:none}
main{background:var(--card);border:1px solid var(--line);border-radius:1rem;padding:clamp(1.25rem,5vw,2.25rem);box-shadow:0 1px 2px rgb(0 0 0/.04),0 12px 32px rgb(0 0 0/.05)}
footer{color:var(--soft);font-size:.8125rem;text-align:center}
h1{margin:0;font-size:1.5rem;line-height:1.25;letter-spacing:-.015em;font-weight:650;text-wrap:balance}
h2{margin:1.75rem 0 .75rem;font-size:.9375rem;font-weight:650}
p{margin:.75rem 0 0}
main>p:first-child{margin-top:0}
ul{margin:.75rem 0 0;padding-left:1.25rem}
li+li{margin-top:.35rem}
a{color:var(--accent);text-underline-offset:.15em}
code{font:.875em/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;background:var(--tint);border:1px solid var(--line);border-radius:.3rem;padding:.05em .35em;-webkit-box-decoration-break:clone;box-decoration-break:clone}
bdi{unicode-bidi:isolate}
:focus-visible{outline:3px solid var(--accent);outline-offset:3px;border-radius:.3rem}
.soft{color:var(--soft)}
.small{font-size:.875rem}
dl{margin:1.5rem 0 0;display:grid;grid-template-columns:max-content minmax(0,1fr);gap:.5rem 1.25rem;font-size:.9375rem}
h2+dl{margin-top:.25rem}
dt{color:var(--soft)}
dd{margin:0;min-width:0}
dd p{margin:.1rem 0 0}
.note{margin:1.5rem 0 0;padding:.9rem 1rem;border:1px solid var(--warn-line);border-radius:.75rem;background:var(--warn-back);color:var(--warn);font-size:.9375rem}
.note p:first-child{margin-top:0}
fieldset{margin:1.75rem 0 0;padding:0;border:0;min-width:0}
legend{padding:0;font-weight:650}
.scopes{list-style:none;margin:.75rem 0 0;padding:0;border:1px solid var(--line);border-radius:.75rem}
.scopes li{display:grid;grid-template-columns:1.5rem minmax(0,1fr);gap:.1rem .75rem;padding:.9rem 1rem}
.scopes li+li{margin-top:0;border-top:1px solid var(--line)}
.scopes .what{display:block}
.scopes .detail{display:block;margin-top:.15rem;color:var(--soft);font-size:.875rem}
.scopes input{width:1.15rem;height:1.15rem;margin:.2rem 0 0;accent-color:var(--accent)}
.details li{grid-template-columns:minmax(0,1fr)}
.details dl{margin:.5rem 0 0;font-size:.875rem}
.details dd{grid-column:-2/-1}
.scopes svg{width:1.15rem;height:1.15rem;margin-top:.2rem;color:var(--accent)}
.actions{display:grid;grid-template-columns:1fr 1fr;gap:.75rem;margin-top:2rem}
button{font:inherit;font-weight:600;min-height:2.9rem;padding:.6rem 1rem;border-radius:.7rem;border:1px solid var(--soft);background:transparent;color:var(--ink);cursor:pointer}
button:hover{background:var(--tint)}
button.main{background:var(--accent);border-color:var(--accent);color:var(--on-accent)}
button.main:hover{filter:brightness(1.08)}
button.quiet{grid-column:1/-1;border-color:transparent;color:var(--accent)}
.code{display:block;margin-top:1.5rem}
.code span{display:block;font-weight:600;margin-bottom:.35rem}
.code input{width:100%;min-height:3.5rem;padding:.5rem 1rem;border:1px solid var(--soft);border-radius:.7rem;background:var(--card);color:var(--ink);font:600 1.5rem/1.2 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;letter-spacing:.12em;text-align:center;text-transform:uppercase}
.code input::placeholder{color:var(--soft);opacity:1;font-weight:400}
.code+.actions{grid-template-columns:1fr;margin-top:1rem}
.problem{color:var(--warn);font-weight:600}
.cures{margin:.75rem 0 0;padding:0;list-style:none;border:1px solid var(--line);border-radius:.75rem}
.cures li{padding:.75rem 1rem;font-size:.9375rem}
.cures li+li{margin-top:0;border-top:1px solid var(--line)}
.cures strong{display:block}
@media (max-width:26rem){dl{grid-template-columns:minmax(0,1fr);gap:0}dd{margin-bottom:.75rem}.actions{grid-template-columns:1fr}}
@media (forced-colors:active){main,.scopes,.note,button{border:1px solid}}
`;
