import { stylesheet } from '../../pages/stylesheet.ts';

/** The look of the pages of one card, with what longer pages need. @param accent colour of the brand */
export function accountStylesheet(accent: string): string {
  return `${stylesheet(accent)}${rules}`;
}

const rules = `
:root{--danger:#b3261e;--on-danger:#ffffff}
@media (prefers-color-scheme:dark){:root{--danger:#ff9d93;--on-danger:#101317}}
body.wide{padding-top:clamp(1rem,4vh,2.5rem)}
.wide header,.wide main,.wide footer{max-width:44rem}
.wide header{justify-content:space-between;flex-wrap:wrap}
.brand{display:flex;align-items:center;gap:.6rem;color:inherit;text-decoration:none}
.who{display:flex;align-items:center;gap:.75rem;font-weight:400;font-size:.9375rem}
.wide main{background:none;border:0;box-shadow:none;padding:0;display:flex;flex-direction:column;gap:1.25rem}
main:focus{outline:none}
.card{background:var(--card);border:1px solid var(--line);border-radius:1rem;padding:clamp(1.1rem,4vw,1.75rem);box-shadow:0 1px 2px rgb(0 0 0/.04)}
.card>h2:first-child{margin-top:0;font-size:1.125rem}
.items{list-style:none;margin:1.25rem 0 0;padding:0}
.items>li{padding:1.25rem 0;border-top:1px solid var(--line)}
.items>li:last-child{padding-bottom:0}
.items>li+li{margin-top:0}
.items h3{margin:0;font-size:1.0625rem;font-weight:650;display:flex;flex-wrap:wrap;gap:.4rem .6rem;align-items:center}
.items dl{margin-top:.85rem}
.items s{color:var(--soft)}
.can{margin:0;padding:0;list-style:none}
.can li+li{margin-top:.1rem}
.badge{font-size:.75rem;font-weight:600;border:1px solid var(--line);border-radius:99rem;padding:.1rem .6rem;color:var(--soft)}
.badge.live{color:var(--ink);border-color:var(--soft)}
details{margin-top:.85rem}
summary{cursor:pointer;color:var(--accent);font-weight:600;font-size:.9375rem}
.rows{list-style:none;margin:.6rem 0 0;padding:0;border:1px solid var(--line);border-radius:.75rem;font-size:.9375rem}
.rows li{display:flex;flex-wrap:wrap;gap:.35rem 1rem;justify-content:space-between;align-items:center;padding:.65rem .9rem}
.rows li+li{margin:0;border-top:1px solid var(--line)}
.buttons{display:flex;flex-wrap:wrap;gap:.75rem;margin-top:1.1rem}
.button{display:inline-flex;align-items:center;justify-content:center;font-weight:600;min-height:2.9rem;padding:.6rem 1rem;border-radius:.7rem;border:1px solid var(--soft);color:var(--ink);text-decoration:none}
.button:hover{background:var(--tint)}
.button.main{background:var(--accent);border-color:var(--accent);color:var(--on-accent)}
.button.danger{color:var(--danger);border-color:var(--danger)}
button.small,.button.small{min-height:2.25rem;padding:.3rem .8rem;font-size:.875rem}
button.danger{background:var(--danger);border-color:var(--danger);color:var(--on-danger)}
button.danger:hover{background:var(--danger);filter:brightness(1.08)}
.done{margin:0;padding:.9rem 1rem;border:1px solid var(--accent);border-radius:.75rem;background:var(--card)}
.field{margin:1.5rem 0 0}
.field label{font-weight:650}
.field li label{font-weight:400}
.field .hint{margin:.15rem 0 0;color:var(--soft);font-size:.875rem}
.field .problem{margin:.35rem 0 0;font-size:.9375rem}
.field input[type=text],.field textarea{display:block;width:100%;margin-top:.45rem;min-height:2.9rem;padding:.55rem .8rem;font:inherit;color:var(--ink);background:var(--card);border:1px solid var(--soft);border-radius:.7rem}
.field textarea{min-height:5.5rem;resize:vertical}
.field [aria-invalid]{border-color:var(--warn)}
.field ul+details{margin-top:.6rem}
.secret{display:block;margin-top:1rem;padding:.9rem 1rem;font-size:.9375rem;border-radius:.75rem;overflow-wrap:anywhere;user-select:all;-webkit-user-select:all}
.more{margin:1.25rem 0 0}
@media (max-width:26rem){.buttons>*{flex:1 1 100%}.rows li>.button{flex:1 1 100%}}
@media (forced-colors:active){.card,.button,.badge,.done,.rows{border:1px solid}}
`;
