import { createHash } from 'node:crypto';

const style =
  ':root{color-scheme:light dark}body{margin:0;min-height:100vh;display:grid;place-items:center;font:1rem/1.55 system-ui,sans-serif;background:#f5f6f8;color:#1b1f24}main{max-width:28rem;margin:1rem;padding:2rem;background:#fff;border:1px solid #dfe3e8;border-radius:1rem}h1{margin:0;font-size:1.4rem}p{margin:.75rem 0 0}@media(prefers-color-scheme:dark){body{background:#101317;color:#eceff3}main{background:#191d23;border-color:#323943}}';

/** What the browser of the loopback redirect shows: nothing in it came from elsewhere. */
export function landingPage(title: string, text: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${title}</title><style>${style}</style></head><body><main><h1>${title}</h1><p>${text}</p></main></body></html>`;
}

/** The page's address holds a code; it must not go on from here. */
export const landingHeaders: Readonly<Record<string, string>> = {
  'Content-Type': 'text/html; charset=utf-8',
  'Content-Security-Policy': `default-src 'none'; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'`,
  'Cache-Control': 'no-store',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  Connection: 'close',
};
