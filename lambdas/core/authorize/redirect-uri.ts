import type { TrustedRedirect } from '../authorization-request.ts';
import type { Client } from '../client.ts';
import { OAuthError } from '../errors.ts';
import { parameter, requiredParameter } from '../parameters.ts';
import { withoutLoopbackPort } from './redirect-kind.ts';

function matches(registered: string, uri: string): boolean {
  // OAuth 2.1 §2.3.1: simple string comparison.
  if (registered === uri) return true;
  // OAuth 2.1 §8.4.2, RFC 8252 §7.3: a native app takes whatever loopback port is free at the moment.
  const portless = withoutLoopbackPort(uri);
  return portless !== undefined && portless === withoutLoopbackPort(registered);
}

/**
 * The redirect URI of a request.
 * @throws OAuthError invalid_request if it is missing, and the client could mean several
 */
export function requestedRedirectUri(params: URLSearchParams, client: Client): string {
  // OAuth 2.1 §4.1.1: optional if only one redirect URI is registered for this client.
  const [only, ...others] = client.redirectUris;
  if (only !== undefined && others.length === 0) return parameter(params, 'redirect_uri') ?? only;
  return requiredParameter(params, 'redirect_uri');
}

/**
 * Matches a redirect URI against the registered ones of its client. The only maker of a `TrustedRedirect`; used again
 * when a stored transaction is resumed.
 * @param state returned in every response, verbatim
 * @throws OAuthError invalid_request if it is not registered
 */
export function trustRedirect(client: Client, uri: string, state?: string): TrustedRedirect {
  if (!client.redirectUris.some((registered) => matches(registered, uri))) {
    throw new OAuthError(
      'invalid_request',
      'redirect_uri is not registered for this client; register it or send one that is, character for character',
      { reason: 'redirect_uri_mismatch' },
    );
  }
  return (state === undefined ? { uri } : { uri, state }) as TrustedRedirect;
}
