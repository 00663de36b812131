/** Tables, facts, events and charts. */
export const listRules = `
table{width:100%;border-collapse:collapse}
th{padding:.65rem .75rem;color:var(--soft);font-size:.8125rem;font-weight:600;text-align:left;white-space:nowrap}
td{padding:.7rem .75rem;border-top:1px solid var(--line);vertical-align:top}
th:first-child,td:first-child{padding-left:1.25rem}
th:last-child,td:last-child{padding-right:1.25rem}
tbody tr:hover td{background:var(--tint)}
td .label{display:none}
td.first{font-weight:600}
td.first,td.code{min-width:8.5rem}
td.text:not(.first){min-width:10.5rem}
td.texts{min-width:6.5rem}
td time{white-space:normal}
td.code{text-wrap:balance}
td.action{text-align:right;white-space:nowrap}
td.action a{color:var(--bad)}
.chips{display:flex;flex-wrap:wrap;gap:.25rem .35rem;margin:0;padding:0;list-style:none}
.chips code{padding:.1em .45em;border:1px solid var(--line);border-radius:.35rem;background:var(--tint);font-weight:400}
time,time span{white-space:nowrap;font-variant-numeric:tabular-nums}
.facts{display:grid;gap:.7rem;margin:0}
.facts>div{display:grid;grid-template-columns:minmax(9rem,13rem) minmax(0,1fr);gap:.15rem 1.5rem}
.facts dt{color:var(--soft)}
.facts dd{margin:0;min-width:0}
pre{margin:0;padding:.85rem 1rem;border:1px solid var(--line);border-radius:.6rem;background:var(--tint);white-space:pre-wrap;overflow-wrap:anywhere}
.pastes>div+div{margin-top:1.5rem}
.pastes p{margin:.15rem 0 0}
.pastes .copyable{margin-top:.5rem}
.copyable{position:relative}
.copyable pre+.copy{position:absolute;top:.4rem;right:.4rem}
.copyable:has(.copy) pre{padding-right:6.5rem}
.copy{min-height:2rem;padding:.2rem .75rem;font-size:.8125rem}
.flush{container:list/inline-size}
.events{margin:0;padding:0;list-style:none}
.events li+li{border-top:1px solid var(--line)}
.events summary{display:grid;grid-template-columns:1rem 9.9rem 5rem 11.25rem minmax(0,1.2fr) minmax(0,1fr);align-items:baseline;gap:.1rem .75rem;padding:.6rem 1.25rem;cursor:pointer;list-style:none}
.events summary::-webkit-details-marker{display:none}
.events summary::before{content:"›";color:var(--soft);font-size:1.1rem;line-height:1}
.events details[open]>summary::before{transform:rotate(90deg)}
.events summary:hover{background:var(--tint)}
.events .what,.events .when{color:var(--soft)}
.events .subject,.events .what{overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
.events .facts{padding:.9rem 1.25rem 0 3rem;border-top:1px dashed var(--line);font-size:.875rem}
.events .around{margin:0;padding:.75rem 1.25rem 1rem 3rem;font-size:.875rem}
.around a{margin-left:.6rem}
.spans{display:inline-flex;flex-wrap:wrap;gap:.2rem;padding:.2rem;border:1px solid var(--line);border-radius:.7rem;background:var(--card)}
.spans a{padding:.3rem .8rem;border-radius:.5rem;color:var(--soft);font-weight:600;text-decoration:none}
.spans a:hover{color:var(--ink)}
.spans a[aria-current]{background:var(--tint);box-shadow:0 0 0 1px var(--line);color:var(--ink)}
.charts,.tops{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,22rem),1fr));gap:1.25rem;margin-top:1.25rem}
.tops{grid-template-columns:repeat(auto-fit,minmax(min(100%,18rem),1fr))}
.charts{align-items:start}
.charts .panel,.tops .panel{margin:0}
.chart h2{color:var(--soft);font-size:.9375rem;font-weight:600}
.chart .sum{margin:.1rem 0 .75rem;font-size:1.75rem;line-height:1.2;font-weight:650;letter-spacing:-.02em;font-variant-numeric:tabular-nums}
.plot{display:grid;grid-template-columns:minmax(0,1fr) auto;gap:.35rem .6rem}
.plot svg{display:block;width:100%;height:8rem}
.scale{display:flex;flex-direction:column;justify-content:space-between;margin:-.55rem 0;color:var(--soft);font-size:.75rem;text-align:right;font-variant-numeric:tabular-nums}
.fill{fill:var(--accent)}
.track{fill:var(--tint)}
.grid{stroke:var(--line);stroke-dasharray:3 4}
.base{stroke:var(--soft)}
.axis{display:flex;justify-content:space-between;color:var(--soft);font-size:.75rem;font-variant-numeric:tabular-nums}
.numbers{margin-top:.75rem;font-size:.875rem}
.numbers summary,.fold summary{color:var(--soft);cursor:pointer}
.numbers table{margin-top:.5rem}
.plain th,.plain td{padding:.3rem .25rem;border-top:1px solid var(--line)}
.plain tbody th{color:var(--ink);font-weight:400}
.plain td,.plain th:last-child{text-align:right;font-variant-numeric:tabular-nums}
.bars{display:grid;gap:.75rem;margin:.9rem 0 0;padding:0;list-style:none}
.bars li{display:grid;grid-template-columns:minmax(0,1fr) auto;gap:.25rem 1rem}
.bars .count{font-variant-numeric:tabular-nums;font-weight:600}
.bars svg{grid-column:1/-1;width:100%;height:.3rem;border-radius:.2rem}
@container list (max-width:50rem){
.flush table[role=table],.flush tbody,.flush tr,.flush td{display:block;width:auto}
.flush thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.flush tr{padding:.8rem 0}
.flush tr+tr{border-top:1px solid var(--line)}
.flush td{display:grid;grid-template-columns:7.5rem minmax(0,1fr);gap:.75rem;padding:.2rem 1rem;border:0}
.flush td:first-child,.flush td:last-child{padding-left:1rem;padding-right:1rem}
.flush td.first{grid-template-columns:minmax(0,1fr);font-size:1rem}
.flush td .label{display:block;color:var(--soft);font-size:.875rem}
.flush td.first .label{display:none}
.flush td.action{display:block;text-align:left;padding-top:.5rem}
.flush td.action .label{display:none}
tbody tr:hover td{background:transparent}
.events summary{grid-template-columns:1rem auto 1fr;padding:.7rem 1rem}
.events .type,.events .subject,.events .what{grid-column:2/-1;white-space:normal}
.events .facts,.events .around{padding-left:1rem;padding-right:1rem}
.around a{display:block;margin:.35rem 0 0}
}
@media (max-width:34rem){.copyable:has(.copy) pre{padding:3rem 1rem .85rem}.facts>div{grid-template-columns:minmax(0,1fr)}.facts dt{font-size:.875rem}}
`;
