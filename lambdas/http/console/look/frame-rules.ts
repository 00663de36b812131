/** The page around everything: bar, menu, headings, panels. */
export const frameRules = `
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;text-size-adjust:100%}
body{margin:0;min-height:100vh;display:flex;flex-direction:column;background:var(--page);color:var(--ink);font:.9375rem/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;overflow-wrap:anywhere}
.hidden{position:absolute;width:1px;height:1px;margin:-1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.skip{position:absolute;left:.75rem;top:-4rem;z-index:2;padding:.5rem .9rem;border-radius:.5rem;background:var(--accent);color:var(--on-accent)}
.skip:focus{top:.6rem}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px;border-radius:.3rem}
main:focus,.note:focus{outline:none}
.top{display:flex;flex-wrap:wrap;align-items:center;justify-content:space-between;gap:.5rem 1.5rem;padding:.65rem clamp(1rem,3vw,1.75rem);background:var(--card);border-bottom:1px solid var(--line)}
.brand{display:flex;align-items:center;gap:.6rem;color:var(--ink);font-weight:650;text-decoration:none}
.brand svg{width:1.4rem;height:1.4rem;color:var(--accent);flex:none}
.brand img{max-height:1.9rem;max-width:8rem}
.brand small{padding-left:.6rem;border-left:1px solid var(--line);color:var(--soft);font-size:.875rem;font-weight:500}
.who{display:flex;flex-wrap:wrap;align-items:center;gap:.4rem .9rem;font-size:.875rem}
.who a{color:var(--soft);text-decoration:none}
.who a:hover{text-decoration:underline}
.frame{flex:1;display:grid;grid-template-columns:13.5rem minmax(0,1fr);width:100%;max-width:92rem;margin:0 auto}
.frame.alone{grid-template-columns:minmax(0,1fr)}
.frame>nav{padding:1.5rem .75rem 1.5rem clamp(.25rem,2vw,1rem)}
.frame>nav ul{position:sticky;top:1.5rem;display:grid;gap:.1rem;margin:0;padding:0;list-style:none}
.frame>nav a{display:flex;align-items:center;gap:.7rem;padding:.45rem .75rem;border-radius:.55rem;color:var(--soft);font-weight:500;text-decoration:none}
.frame>nav a:hover{background:var(--line);color:var(--ink)}
.frame>nav a[aria-current]{background:var(--card);color:var(--accent);font-weight:600;box-shadow:0 0 0 1px var(--line)}
.frame>nav svg{width:1.15rem;height:1.15rem;flex:none}
main{min-width:0;padding:1.75rem clamp(1rem,3vw,2.25rem) 3rem}
.alone main{width:100%;max-width:40rem;margin:clamp(0rem,6vh,4rem) auto 0}
footer{padding:0 1rem 1.5rem;color:var(--soft);font-size:.8125rem;text-align:center}
footer p{margin:0}
h1{margin:0;font-size:1.5rem;line-height:1.25;letter-spacing:-.015em;font-weight:650}
h2{margin:0;font-size:1.0625rem;line-height:1.3;font-weight:650}
h3{margin:0;font-size:.9375rem;font-weight:650}
p{margin:.5rem 0 0}
a{color:var(--accent);text-underline-offset:.15em}
bdi{unicode-bidi:isolate}
code,pre{font:.875em/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
.soft{color:var(--soft)}
.head{display:flex;flex-wrap:wrap;align-items:flex-start;justify-content:space-between;gap:1rem 1.5rem;margin-bottom:1.25rem}
.head>div:first-child{flex:1 1 20rem;min-width:0}
.head p{max-width:46rem;text-wrap:pretty}
.kind{margin:0 0 .15rem;color:var(--soft);font-size:.8125rem;font-weight:600}
.crumb{margin:0 0 .6rem;color:var(--soft);font-size:.875rem}
.actions{display:flex;flex-wrap:wrap;gap:.6rem}
section{margin-top:2rem}
.subhead{display:flex;align-items:baseline;justify-content:space-between;gap:1rem;margin-bottom:.75rem}
.panel{background:var(--card);border:1px solid var(--line);border-radius:.85rem;padding:1.25rem clamp(1rem,2.5vw,1.5rem);box-shadow:0 1px 2px rgb(0 0 0/.03)}
.panel+.panel{margin-top:1.25rem}
.panel.flush{padding:0;overflow-x:auto}
.panel.empty{padding:2rem 1rem;color:var(--soft);text-align:center}
.panel.empty p{margin:0}
.message h2{margin-top:1.5rem}
.note{margin:0 0 1.25rem;padding:.8rem 1rem;border:1px solid var(--warn-line);border-radius:.7rem;background:var(--warn-back);color:var(--warn)}
.note p{margin:0}
.note ul{margin:.5rem 0 0;padding-left:1.2rem}
.note a{color:inherit}
.note.good{border-color:var(--good-line);background:var(--good-back);color:var(--good)}
.note.bad{border-color:var(--bad-line);background:var(--bad-back);color:var(--bad)}
button,.button{display:inline-flex;align-items:center;justify-content:center;min-height:2.4rem;padding:.4rem 1rem;border:1px solid var(--soft);border-radius:.6rem;background:var(--card);color:var(--ink);font:inherit;font-weight:600;line-height:1.2;text-decoration:none;cursor:pointer}
button:hover,.button:hover{background:var(--tint)}
button.main,.button.main{background:var(--accent);border-color:var(--accent);color:var(--on-accent)}
button.danger{background:var(--danger);border-color:var(--danger);color:var(--on-danger)}
.button.danger{border-color:var(--bad-line);color:var(--bad)}
button.main:hover,button.danger:hover,.button.main:hover{filter:brightness(1.08)}
button.small{min-height:2rem;padding:.25rem .75rem;font-size:.875rem}
.badge{display:inline-block;padding:.05rem .55rem;border:1px solid var(--line);border-radius:1rem;background:var(--tint);color:var(--soft);font-size:.8125rem;font-weight:600;white-space:nowrap}
.badge.good{border-color:var(--good-line);background:var(--good-back);color:var(--good)}
.badge.bad{border-color:var(--bad-line);background:var(--bad-back);color:var(--bad)}
.badge.warn{border-color:var(--warn-line);background:var(--warn-back);color:var(--warn)}
.pager{display:flex;flex-wrap:wrap;gap:.6rem;margin-top:1rem}
@media (max-width:56rem){
.frame{display:block}
.frame>nav{padding:.6rem clamp(.5rem,3vw,1.75rem) 0}
.frame>nav ul{position:static;display:flex;flex-wrap:wrap}
.frame>nav a{padding:.4rem .6rem;gap:.45rem;font-size:.875rem}
main{padding-top:1.25rem}
}
@media (forced-colors:active){.panel,.note,.badge,button,.button{border:1px solid}.frame>nav a[aria-current]{outline:1px solid}}
`;
