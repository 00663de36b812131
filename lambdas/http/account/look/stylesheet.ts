import { formRules } from '../../console/look/form-rules.ts';
import { stylesheet } from '../../pages/stylesheet.ts';
import { tones } from '../../pages/tones.ts';

/** The look of the pages of one card, with what longer pages and forms need. @param accent colour of the brand */
export function accountStylesheet(accent: string): string {
  return `${stylesheet(accent)}${tones}${formRules}${rules}`;
}

const rules = `
body{padding-top:clamp(1rem,4vh,2.5rem)}
header,main,footer{max-width:44rem}
header{justify-content:space-between;flex-wrap:wrap}
.brand{display:flex;align-items:center;gap:.6rem;color:inherit;text-decoration:none}
.who{display:flex;align-items:center;gap:.75rem;font-weight:400;font-size:.9375rem}
main{background:none;border:0;box-shadow:none;padding:0;display:flex;flex-direction:column;gap:1.25rem}
.card{background:var(--card);border:1px solid var(--line);border-radius:1rem;padding:clamp(1.1rem,4vw,1.75rem);box-shadow:0 1px 2px rgb(0 0 0/.04)}
.card>:first-child{margin-top:0}
.card>h2:first-child{font-size:1.125rem}
.crumb+h1{margin-top:.35rem}
.items{list-style:none;margin:1.25rem 0 0;padding:0}
.items>li{padding:1.25rem 0;border-top:1px solid var(--line)}
.items>li:last-child{padding-bottom:0}
.items>li+li{margin-top:0}
.items h2,.items h3{margin:0;font-size:1.0625rem;font-weight:650;display:flex;flex-wrap:wrap;gap:.4rem .6rem;align-items:center}
.items dl{margin-top:.85rem}
.items s{color:var(--soft)}
.can{margin:0;padding:0;list-style:none}
.can li+li{margin-top:.1rem}
.badge{display:inline-block;font-size:.75rem;font-weight:600;border:1px solid var(--line);border-radius:1rem;padding:.1rem .6rem;color:var(--soft);background:var(--tint);white-space:nowrap}
.badge.good{border-color:var(--good-line);background:var(--good-back);color:var(--good)}
.badge.bad{border-color:var(--bad-line);background:var(--bad-back);color:var(--bad)}
.badge.warn{border-color:var(--warn-line);background:var(--warn-back);color:var(--warn)}
.items details{margin-top:.85rem}
summary{cursor:pointer;color:var(--accent);font-weight:600;font-size:.9375rem}
.rows{list-style:none;margin:.75rem 0 0;padding:0;border:1px solid var(--line);border-radius:.75rem;font-size:.9375rem}
.rows li{display:grid;grid-template-columns:minmax(0,1fr) auto;gap:.35rem 1rem;align-items:center;padding:.65rem .9rem}
.rows li+li{margin:0;border-top:1px solid var(--line)}
.rows strong{display:block}
.buttons{display:flex;flex-wrap:wrap;gap:.75rem;margin-top:1.1rem}
.button{display:inline-flex;align-items:center;justify-content:center;font-weight:600;min-height:2.9rem;padding:.6rem 1rem;border-radius:.7rem;border:1px solid var(--soft);color:var(--ink);text-decoration:none}
.button:hover{background:var(--tint)}
.button.main{background:var(--accent);border-color:var(--accent);color:var(--on-accent)}
.button.main:hover{filter:brightness(1.08)}
.button.danger{color:var(--bad);border-color:var(--bad-line)}
button.small,.button.small{min-height:2.25rem;padding:.3rem .8rem;font-size:.875rem}
button.danger{background:var(--danger);border-color:var(--danger);color:var(--on-danger)}
button.danger:hover{background:var(--danger);filter:brightness(1.08)}
.note.good{margin:0;border-color:var(--good-line);background:var(--good-back);color:var(--good)}
.note.bad{border-color:var(--bad-line);background:var(--bad-back);color:var(--bad)}
.note a{color:inherit}
.field{margin-top:1.5rem}
.field legend,.field>label{font-weight:650}
.secret{margin-top:1.5rem}
.secret input{font-size:.8125rem}
.hidden{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
@media (max-width:26rem){.buttons>*{flex:1 1 100%}.secret .copyable{flex-wrap:wrap}.secret .copyable>*{flex:1 1 100%}}
@media (forced-colors:active){.card,.button,.badge,.rows{border:1px solid}}
`;
