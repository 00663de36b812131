/** Filters, forms and what is shown once. */
export const formRules = `
.filters{display:grid;grid-template-columns:repeat(auto-fill,minmax(13rem,1fr));align-items:start;gap:.9rem 1rem;margin-bottom:1.25rem}
.filters .buttons{display:flex;align-items:center;gap:1rem;padding-top:1.6rem}
.form{display:grid;gap:1.35rem;max-width:44rem}
.field{margin:0;padding:0;border:0;min-width:0}
.field>label,.field>legend,.secret label{display:block;padding:0;font-weight:600}
.filters label{font-size:.875rem}
.soft{font-weight:400}
.hint{margin:.1rem 0 0;color:var(--soft);font-size:.875rem}
.filters .hint{font-size:.8125rem}
.field .problem{margin:.35rem 0 0;color:var(--bad);font-size:.875rem;font-weight:600}
input[type=text],textarea,select{display:block;width:100%;min-height:2.4rem;margin-top:.35rem;padding:.4rem .7rem;border:1px solid var(--soft);border-radius:.6rem;background:var(--card);color:var(--ink);font:inherit}
textarea{font:.875rem/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;resize:vertical}
select{appearance:none;padding-right:2.2rem;background-image:linear-gradient(45deg,transparent 50%,var(--soft) 50%),linear-gradient(-45deg,transparent 50%,var(--soft) 50%);background-position:calc(100% - 1.15rem) 50%,calc(100% - .85rem) 50%;background-size:.3rem .3rem;background-repeat:no-repeat}
input.number{max-width:8rem}
[id$='-note']{color:var(--warn);font-weight:600}
.field:has(>.problem) .scopes{border-color:var(--danger)}
[aria-invalid=true]{border-color:var(--danger);box-shadow:0 0 0 1px var(--danger)}
.scopes,.scopes ul{margin:0;padding:0;list-style:none}
.scopes{margin-top:.5rem;border:1px solid var(--line);border-radius:.7rem}
.scopes li{display:grid;grid-template-columns:1.15rem minmax(0,1fr);gap:.1rem .7rem;padding:.55rem .9rem}
.scopes li+li{border-top:1px solid var(--line)}
.scopes .group,.scopes .fold,.scopes .other{display:block}
.scopes .group{background:var(--tint);color:var(--soft);font-size:.8125rem;font-weight:600}
.scopes .group:first-child{border-radius:.7rem .7rem 0 0}
.scopes .fold li{padding-left:0;padding-right:0}
.scopes .fold ul{margin-top:.4rem}
.scopes input[type=checkbox],.scopes input[type=radio]{width:1.1rem;height:1.1rem;margin:.2rem 0 0;accent-color:var(--accent)}
.scopes label{display:block}
.scopes .what{display:block}
.scopes .detail{display:block;color:var(--soft);font-size:.875rem}
.scopes:has(.other){display:flex;flex-wrap:wrap}
.scopes:has(.other) li{border:0}
.scopes .other{flex:1 1 100%}
.scopes .other label{color:var(--soft);font-size:.875rem}
.submit{display:flex;flex-wrap:wrap;gap:.6rem;margin-top:1.75rem}
.form .note,.form .submit{margin:0}
.secret .copyable{display:flex;flex-wrap:wrap;gap:.6rem;margin-top:.6rem}
.secret input{flex:1 1 16rem;min-width:0;margin:0;font:600 .9375rem/1.4 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;background:var(--tint)}
.secret .copy{min-height:2.4rem;padding:.4rem 1rem;font-size:.9375rem}
@media (max-width:34rem){.filters{grid-template-columns:repeat(auto-fill,minmax(9rem,1fr))}.filters .buttons{padding-top:0}.submit>*{flex:1 1 100%}}
`;
