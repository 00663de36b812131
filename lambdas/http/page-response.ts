import { createHash } from 'node:crypto';
import type { Html } from './pages/html.ts';
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
  /** Text of the page's only script, which makes nothing but comfort. @default none may run */
  readonly script?: string | undefined;
  readonly headers?: Readonly<Record<string, string>>;
}

/** How the pages of a kind look. */
export interface Look<P> {
  /** @param accent colour of the brand */
  readonly stylesheet: (accent: string) => string;
  /** The whole document, with that stylesheet in it. */
  readonly layout: (brand: Brand, page: P) => Html;
}

export type SendPage<P> = (page: P, options?: PageOptions) => Response;

/** Sends the pages of one card, on which people sign in and answer. */
export function pageSender(brand: Brand, issuer: string): SendPage<Page> {
  return senderOf(brand, issuer, { stylesheet, layout });
}

/** Sends pages with the headers that keep them from being framed, scripted, cached or leaked (AS-49, AS-52). */
export function senderOf<P>(brand: Brand, issuer: string, look: Look<P>): SendPage<P> {
  const fixed = [
    "default-src 'none'",
    `style-src ${hashSource(look.stylesheet(brand.accentColor))}`,
    ...imageSource(brand, issuer),
  ];
  return (page, options = {}) => {
    const form = options.formAction ? ["'self'", ...options.formAction].join(' ') : "'none'";
    const script = options.script === undefined ? [] : [`script-src ${hashSource(options.script)}`];
    const policy = [...fixed, ...script, `form-action ${form}`, "frame-ancestors 'none'", "base-uri 'none'"].join('; ');
    return new Response(look.layout(brand, page).text, {
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

/** CSP source of exactly this text (CSP Level 3 §2.3.1). */
function hashSource(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
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
