import { scopesAt } from '../authorize/scopes-at.ts';
import { detailsAt } from '../authorization-details/details-at.ts';
import { parameter, requiredParameter } from '../parameters.ts';
import { OAuthError } from '../errors.ts';
import type { Grant } from '../grant.ts';
import type { ProtectedServer } from '../protected-server.ts';
import type { AccessTokenClaims } from '../resource/access-token-claims.ts';
import { splitScope } from '../split-scope.ts';
import { actFor } from './act-for.ts';
import { grantOffers } from './grant-offers.ts';
import type { GrantType } from './index.ts';
import { issueTokens } from './issue-tokens.ts';
import { requestedTarget } from './requested-target.ts';
import { scopesWithin } from './scopes-within.ts';
import { subjectToken } from './subject-token.ts';

/** RFC 8693 §3: the only kind of token that is taken and given. */
const accessToken = 'urn:ietf:params:oauth:token-type:access_token';
const tokenTypes = [accessToken, 'urn:ietf:params:oauth:token-type:jwt'];

function checkType(params: URLSearchParams, name: 'subject_token_type' | 'requested_token_type'): void {
  const type = name === 'subject_token_type' ? requiredParameter(params, name) : parameter(params, name);
  if (type === undefined || tokenTypes.includes(type)) return;
  throw new OAuthError('invalid_request', `${name} must be ${accessToken}`, { reason: name });
}

function refuseActorToken(params: URLSearchParams): void {
  const [token, type] = ['actor_token', 'actor_token_type'].map((name) => parameter(params, name));
  if (token === undefined && type === undefined) return;
  throw new OAuthError('invalid_request', 'actor_token is not supported: the client that authenticates is the actor', {
    reason: 'actor_token',
  });
}

function grantedAt(grant: Grant, resource: string): readonly string[] {
  return grant.scopesByResource?.[resource] ?? grant.scopes;
}

/** Whether a token carries less than its grant holds at its server: somebody meant it to open less. */
function isNarrowed(claims: AccessTokenClaims, grant: Grant, servers: readonly ProtectedServer[]): boolean {
  const own = servers.find((server) => server.resource === claims.aud);
  if (!own) return true;
  const carried = new Set(claims.scope.split(' '));
  const missing = scopesAt(own, grantedAt(grant, claims.aud)).some((name) => !carried.has(name));
  // Details for another server are none of this token's.
  const whole = detailsAt(own, grant.authorizationDetails) ?? [];
  return missing || (claims.authorizationDetails ?? []).length < whole.length;
}

/**
 * What a child token can carry at most. At the server of its parent: what the parent opens there. At another one: what
 * the person granted the same client there, unless the parent was narrowed. A child never exceeds its parent.
 */
function limitOf(
  claims: AccessTokenClaims,
  grant: Grant,
  server: ProtectedServer,
  servers: readonly ProtectedServer[],
): readonly string[] {
  if (server.resource === claims.aud) return claims.scope.split(' ');
  if (isNarrowed(claims, grant, servers)) {
    throw new OAuthError('invalid_target', 'subject_token was narrowed, so it is good for its own server only', {
      reason: 'narrowed_subject',
    });
  }
  if (grant.resources.includes(server.resource)) return grantedAt(grant, server.resource);
  throw new OAuthError('invalid_target', 'the grant of subject_token does not cover that server; authorize it first', {
    reason: 'resource_not_granted',
  });
}

/**
 * `urn:ietf:params:oauth:grant-type:token-exchange` (RFC 8693): a narrower token, or one for another server of the same
 * grant, for the next hop. The child has the grant of its parent, so revoking that ends both, and no longer a life.
 */
export const tokenExchange: GrantType = {
  ...grantOffers.tokenExchange,
  async handle({ client, params, dpopJkt }, deps) {
    checkType(params, 'subject_token_type');
    checkType(params, 'requested_token_type');
    refuseActorToken(params);
    const { claims, grant } = await subjectToken(requiredParameter(params, 'subject_token'), deps);
    const server = requestedTarget(params, claims.aud, deps);
    const asked = splitScope(parameter(params, 'scope'));
    const scopes = scopesWithin(server, limitOf(claims, grant, server, deps.servers), asked);
    const act = actFor(claims, client.clientId);
    // RFC 9068 §2.2: client_id is the client that asked for the token.
    const { authorizationDetails: granted, identityScopes: _identity, ...rest } = grant;
    // Details narrow: those of the parent at its own server, those that were granted for the other one there.
    const authorizationDetails = server.resource === claims.aud ? claims.authorizationDetails : granted;
    const details = authorizationDetails && { authorizationDetails };
    const child: Grant = { ...rest, ...details, sub: claims.sub, clientId: client.clientId, refreshable: false };
    const now = deps.clock.now();
    const answer = await issueTokens(
      child,
      { server, scopes, now, dpopJkt, until: claims.exp, ...(act && { act }) },
      deps,
    );
    // RFC 8693 §2.2.1
    return { ...answer, issued_token_type: accessToken };
  },
};
