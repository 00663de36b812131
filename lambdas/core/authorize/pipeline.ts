import type { AuthorizationRequest, TrustedRedirect } from '../authorization-request.ts';
import type { Client } from '../client.ts';
import { OAuthError } from '../errors.ts';
import { parameter } from '../parameters.ts';
import type { Clock } from '../ports/clock.ts';
import type { Clients } from '../ports/clients.ts';
import type { ProtectedServer } from '../protected-server.ts';
import { requestingClient } from './client.ts';
import { checkPkce } from './pkce.ts';
import { requestedRedirectUri, trustRedirect } from './redirect-uri.ts';
import { checkResource } from './resource.ts';
import { checkResponseType } from './response-type.ts';
import { checkScope } from './scope.ts';

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

interface Deps {
  readonly clients: Clients;
  readonly clock: Clock;
  /** At least one; the first is the default resource. */
  readonly servers: readonly ProtectedServer[];
}

/**
 * Judges an authorization request (OAuth 2.1 §4.1.1).
 * @param params query of a GET or form body of a POST
 * @returns an outcome; bad input never throws
 */
export async function checkAuthorizationRequest(params: URLSearchParams, deps: Deps): Promise<AuthorizeOutcome> {
  try {
    const client = await requestingClient(params, deps);
    const redirect = trustRedirect(client, requestedRedirectUri(params, client));
    return judge(params, client, redirect, deps.servers);
  } catch (error) {
    if (!(error instanceof OAuthError)) throw error;
    return { kind: 'refused', error, ...shown(params) };
  }
}

/** From here on the client may hear of its mistakes. */
function judge(
  params: URLSearchParams,
  client: Client,
  bare: TrustedRedirect,
  servers: readonly ProtectedServer[],
): AuthorizeOutcome {
  let redirect = bare;
  try {
    const state = parameter(params, 'state');
    redirect = trustRedirect(client, bare.uri, state);
    checkResponseType(params, client);
    const codeChallenge = checkPkce(params);
    const asked = checkResource(params, servers);
    const scopes = checkScope(params, asked);
    const resources = asked.map((server) => server.resource);
    const request = { clientId: client.clientId, redirectUri: redirect.uri, codeChallenge, resources, scopes };
    return { kind: 'accepted', request: state === undefined ? request : { ...request, state }, redirect, client };
  } catch (error) {
    if (!(error instanceof OAuthError)) throw error;
    return { kind: 'rejected', error, redirect };
  }
}

/** What a page may show of an untrusted request: enough to find the mistake. */
function shown(params: URLSearchParams): { clientId?: string; redirectUri?: string } {
  const [clientId, redirectUri] = ['client_id', 'redirect_uri'].map((name) => params.get(name)?.slice(0, 200));
  return { ...(clientId && { clientId }), ...(redirectUri && { redirectUri }) };
}
