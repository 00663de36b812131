import { layout } from '../pages/layout.ts';
import type { Page } from '../pages/layout.ts';
import type { Look } from '../page-response.ts';
import { stylesheet } from '../pages/stylesheet.ts';

const rules = `
header,main,footer{max-width:46rem}
main>nav ul,main>nav li{margin-top:.35rem}
section{margin-top:2.25rem;padding-top:1.75rem;border-top:1px solid var(--line)}
section h2{margin:0;font-size:1.125rem}
section h2+p{margin-top:.25rem}
section h2+pre,section pre+pre{margin-top:.6rem}
pre{margin:.75rem 0 0;padding:.75rem 1rem;background:var(--tint);border:1px solid var(--line);border-radius:.6rem;font:.8125rem/1.6 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;white-space:pre-wrap;overflow-wrap:anywhere}
@media (max-width:26rem){pre{padding:.6rem .7rem;font-size:.75rem}}
pre code{padding:0;border:0;background:none;font:inherit}
`;

const guideStylesheet = (accent: string): string => `${stylesheet(accent)}${rules}`;

/** One wide card with blocks to copy from. */
export const guideLook: Look<Page> = {
  stylesheet: guideStylesheet,
  layout: (brand, page) => layout(brand, page, guideStylesheet),
};
