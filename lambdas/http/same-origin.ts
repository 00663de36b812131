import type { Context } from 'hono';
import { OAuthError } from '../core/errors.ts';

/**
 * Refuses a form that another site sent. A second lock: the form's token is the first.
 * @throws OAuthError invalid_request, `reason` `cross_site`
 */
export function requireSameOrigin(context: Context, issuer: string): void {
  const site = context.req.header('Sec-Fetch-Site');
  const origin = context.req.header('Origin');
  // A page with Referrer-Policy no-referrer sends `Origin: null` with its own form; Sec-Fetch-Site tells the truth.
  const foreign = site === undefined ? isForeign(origin, issuer) : site !== 'same-origin';
  if (!foreign) return;
  throw new OAuthError('invalid_request', 'the form was sent from another site; answer on the page itself', {
    reason: 'cross_site',
  });
}

function isForeign(origin: string | undefined, issuer: string): boolean {
  return origin !== undefined && origin !== 'null' && origin !== new URL(issuer).origin;
}
