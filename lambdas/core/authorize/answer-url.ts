import type { TrustedRedirect } from '../authorization-request.ts';
import type { OAuthError } from '../errors.ts';

function withQuery(redirect: TrustedRedirect, answer: Record<string, string>, issuer: string): string {
  const params = new URLSearchParams(answer);
  if (redirect.state !== undefined) params.set('state', redirect.state);
  // RFC 9207 §2: iss stands in success and error responses, so that a client can tell servers apart.
  params.set('iss', issuer);
  // OAuth 2.1 §2.3.1: a query that the registered URI has must be kept. By text, because URL would rewrite the rest.
  const { uri } = redirect;
  const joint = !uri.includes('?') ? '?' : /[?&]$/.test(uri) ? '' : '&';
  return `${uri}${joint}${params.toString()}`;
}

/** The client's redirect URI with `code`, `state` and `iss` (OAuth 2.1 §4.1.2, RFC 9207 §2). */
export function successUrl(
  redirect: TrustedRedirect,
  answer: { readonly code: string; readonly issuer: string },
): string {
  return withQuery(redirect, { code: answer.code }, answer.issuer);
}

/** The client's redirect URI with `error`, `error_description`, `state` and `iss` (OAuth 2.1 §4.1.2.1). */
export function errorUrl(redirect: TrustedRedirect, error: OAuthError, issuer: string): string {
  return withQuery(redirect, { error: error.code, error_description: error.message }, issuer);
}
