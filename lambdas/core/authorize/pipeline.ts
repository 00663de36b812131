import type { AuthorizationRequest, TrustedRedirect } from '../authorization-request.ts';
import type { Client } from '../client.ts';
import type { OAuthError } from '../errors.ts';
import type { Clock } from '../ports/clock.ts';
import type { Clients } from '../ports/clients.ts';
import type { ProtectedServer } from '../protected-server.ts';

/** A request that passed every check, with what the next steps need. */
export interface AcceptedRequest {
  readonly request: AuthorizationRequest;
  readonly redirect: TrustedRedirect;
  readonly client: Client;
}

/**
 * `refused`: shown to the person on a page, never redirected (AS-41); `reason` of an unknown client is
 * `unknown_client`. `clientId` and `redirectUri` are what was sent, cut to a length that a page can show: escape them.
 * `rejected`: sent to the client with `errorUrl`.
 */
export type AuthorizeOutcome =
  | { readonly kind: 'refused'; readonly error: OAuthError; readonly clientId?: string; readonly redirectUri?: string }
  | { readonly kind: 'rejected'; readonly error: OAuthError; readonly redirect: TrustedRedirect }
  | ({ readonly kind: 'accepted' } & AcceptedRequest);

/**
 * Judges an authorization request (OAuth 2.1 §4.1.1).
 * @param params query of a GET or form body of a POST
 * @param deps `servers`: at least one; the first is the default resource
 * @returns an outcome; bad input never throws
 */
export async function checkAuthorizationRequest(
  _params: URLSearchParams,
  _deps: { readonly clients: Clients; readonly clock: Clock; readonly servers: readonly ProtectedServer[] },
): Promise<AuthorizeOutcome> {
  throw new Error('not yet');
}
