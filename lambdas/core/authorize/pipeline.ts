import type { AuthorizationRequest, TrustedRedirect } from '../authorization-request.ts';
import type { Client } from '../client.ts';
import { requestedKey } from '../dpop/requested-key.ts';
import { OAuthError } from '../errors.ts';
import { identityResource } from '../identity/identity-resource.ts';
import { openIdRequest } from '../identity/openid-request.ts';
import { parameter } from '../parameters.ts';
import type { Clock } from '../ports/clock.ts';
import type { Clients } from '../ports/clients.ts';
import type { Interactions } from '../ports/interactions.ts';
import type { ProtectedServer } from '../protected-server.ts';
import { checkAuthorizationDetails } from './authorization-details.ts';
import { requestingClient } from './client.ts';
import { checkForm } from './form.ts';
import { checkPkce } from './pkce.ts';
import { findPushed } from './pushed-request.ts';
import { requestedRedirectUri, trustRedirect } from './redirect-uri.ts';
import { checkResource } from './resource.ts';
import { checkResponseType } from './response-type.ts';
import { checkScope } from './scope.ts';
import { isSignInOnly } from './sign-in-only.ts';

/** A request that passed every check, with what the next steps need. */
export interface AcceptedRequest {
  readonly request: AuthorizationRequest;
  readonly redirect: TrustedRedirect;
  readonly client: Client;
  /** Digest of the pushed request that this was (RFC 9126), to be used up where it is answered. */
  readonly pushed?: string;
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

interface Terms {
  /** At least one; the first is the default resource. */
  readonly servers: readonly ProtectedServer[];
  readonly issuer: string;
  /** Whether parameters may not come with the browser (RFC 9126 §5). */
  readonly mustPush?: boolean;
}

interface Deps {
  readonly clients: Clients;
  readonly interactions: Pick<Interactions, 'findPushed'>;
  readonly clock: Clock;
  readonly servers: readonly ProtectedServer[];
  readonly issuer: string;
  /** @default false */
  readonly requirePushedAuthorizationRequests?: boolean | undefined;
}

/**
 * Judges an authorization request (OAuth 2.1 §4.1.1).
 * @param params query of a GET or form body of a POST
 * @returns an outcome; bad input never throws
 */
export async function checkAuthorizationRequest(params: URLSearchParams, deps: Deps): Promise<AuthorizeOutcome> {
  try {
    const client = await requestingClient(params, deps);
    const requestUri = parameter(params, 'request_uri');
    if (requestUri !== undefined) return await acceptPushed(requestUri, client, deps);
    const mustPush = [deps, client].some((either) => either.requirePushedAuthorizationRequests === true);
    return checkClientRequest(params, client, { servers: deps.servers, issuer: deps.issuer, mustPush });
  } catch (error) {
    if (!(error instanceof OAuthError)) throw error;
    return { kind: 'refused', error, ...shown(params) };
  }
}

/** RFC 9126 §4: what was pushed counts, nothing that the browser brings beside `client_id` and `request_uri`. */
async function acceptPushed(requestUri: string, client: Client, deps: Deps): Promise<AuthorizeOutcome> {
  const { request, pushed } = await findPushed(requestUri, client, deps);
  const redirect = trustRedirect(client, request.redirectUri, request.state);
  return { kind: 'accepted', request, redirect, client, pushed };
}

/** Judges the request of a known client, whichever way it came: with the browser, or pushed (RFC 9126 §2.1). */
export function checkClientRequest(params: URLSearchParams, client: Client, terms: Terms): AuthorizeOutcome {
  try {
    const redirect = trustRedirect(client, requestedRedirectUri(params, client));
    return judge(params, client, redirect, terms);
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
  { servers, issuer, mustPush }: Terms,
): AuthorizeOutcome {
  let redirect = bare;
  try {
    const state = parameter(params, 'state');
    redirect = trustRedirect(client, bare.uri, state);
    checkForm(params, mustPush ?? false);
    checkResponseType(params, client);
    const codeChallenge = checkPkce(params);
    const openId = openIdRequest(params);
    const asked = isSignInOnly(params, servers)
      ? [identityResource(issuer)]
      : checkResource(params, { servers, issuer });
    const scopes = checkScope(params, asked);
    const authorizationDetails = checkAuthorizationDetails(params, asked);
    const dpopJkt = requestedKey(params);
    const resources = asked.map((server) => server.resource);
    const request = {
      clientId: client.clientId,
      redirectUri: redirect.uri,
      codeChallenge,
      resources,
      scopes,
      ...openId,
      ...(authorizationDetails && { authorizationDetails }),
      ...(dpopJkt !== undefined && { dpopJkt }),
    };
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
