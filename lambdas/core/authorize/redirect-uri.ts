import type { TrustedRedirect } from '../authorization-request.ts';
import type { Client } from '../client.ts';

/**
 * Matches a redirect URI against the registered ones of its client. The only maker of a `TrustedRedirect`; used again
 * when a stored transaction is resumed.
 * @throws OAuthError invalid_request if it is not registered
 */
export function trustRedirect(_client: Client, _uri: string, _state?: string): TrustedRedirect {
  throw new Error('not yet');
}
