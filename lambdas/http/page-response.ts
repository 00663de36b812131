import { createHash } from 'node:crypto';
import type { Brand, Page } from './pages/layout.ts';
import { layout } from './pages/layout.ts';
import { stylesheet } from './pages/stylesheet.ts';

export interface PageOptions {
  /** @default 200 */
  readonly status?: number;
  /** CSP sources besides 'self' that the page's form may lead to. @default no form at all */
  readonly formAction?: readonly string[];
  /**
   * Whether the page ends the flow. Such a page is cut off from the window that opened it; others are not, because a
   * client that works in a popup waits for its window to come back. @default false
   */
  readonly deadEnd?: boolean;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Sends pages with the headers that keep them from being framed, scripted, cached or leaked (AS-49, AS-52). */
export function pageSender(brand: Brand, issuer: string): (page: Page, options?: PageOptions) => Response {
  const style = createHash('sha256').update(stylesheet(brand.accentColor)).digest('base64');
  const fixed = ["default-src 'none'", `style-src 'sha256-${style}'`, ...imageSource(brand, issuer)];
  return (page, options = {}) => {
    const form = options.formAction ? ["'self'", ...options.formAction].join(' ') : "'none'";
    const policy = [...fixed, `form-action ${form}`, "frame-ancestors 'none'", "base-uri 'none'"].join('; ');
    return new Response(layout(brand, page).text, {
      status: options.status ?? 200,
      headers: {
        'Content-Type': 'text/html; charset=utf-8',
        'Content-Security-Policy': policy,
        ...pageHeaders(issuer),
        ...(options.deadEnd ? { 'Cross-Origin-Opener-Policy': 'same-origin' } : {}),
        ...options.headers,
      },
    });
  };
}

/** What redirects of the authorization endpoint carry too. */
export function pageHeaders(issuer: string): Record<string, string> {
  return {
    'Cache-Control': 'no-store',
    Pragma: 'no-cache',
    'Referrer-Policy': 'no-referrer',
    'X-Content-Type-Options': 'nosniff',
    'X-Frame-Options': 'DENY',
    'Permissions-Policy': 'camera=(), microphone=(), geolocation=()',
    'Cross-Origin-Resource-Policy': 'same-origin',
    ...(issuer.startsWith('https:') ? { 'Strict-Transport-Security': 'max-age=31536000' } : {}),
  };
}

// The logo of the team itself. Logos of clients are never loaded: they would tell a stranger who looks at the page.
function imageSource(brand: Brand, issuer: string): readonly string[] {
  if (!brand.logoUrl) return [];
  return [`img-src ${new URL(brand.logoUrl, issuer).origin}`];
}
