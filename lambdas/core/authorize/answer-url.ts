import type { TrustedRedirect } from '../authorization-request.ts';
import type { OAuthError } from '../errors.ts';

/** The client's redirect URI with `code`, `state` and `iss` (OAuth 2.1 §4.1.2, RFC 9207 §2). */
export function successUrl(
  _redirect: TrustedRedirect,
  _answer: { readonly code: string; readonly issuer: string },
): string {
  throw new Error('not yet');
}

/** The client's redirect URI with `error`, `error_description`, `state` and `iss` (OAuth 2.1 §4.1.2.1). */
export function errorUrl(_redirect: TrustedRedirect, _error: OAuthError, _issuer: string): string {
  throw new Error('not yet');
}
