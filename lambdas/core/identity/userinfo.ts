import { decodeJwt } from 'jose';
import { checkPossession } from '../dpop/check-possession.ts';
import type { PresentedToken } from '../dpop/check-possession.ts';
import { OAuthError } from '../errors.ts';
import type { TokenDeps } from '../grants/exchange-token.ts';
import { livingGrant } from '../resource/living-grant.ts';
import { verifyAccessToken } from '../resource/verify-access-token.ts';
import { audiencesOf, identityResource } from './identity-resource.ts';
import type { PersonClaims } from './person-claims.ts';
import { personClaims } from './person-claims.ts';

export type UserinfoDeps = Pick<TokenDeps, 'issuer' | 'servers' | 'signingKeys' | 'clock' | 'grantStates'>;

function refused(reason: string, problem: string): OAuthError {
  return new OAuthError('invalid_token', problem, { reason });
}

/**
 * The resource for which the token says that it is good. Any of ours will do: a client of OpenID Connect that also asked
 * for an MCP server has one access token for both (docs/decisions/0010).
 */
function claimedAudience(token: string, deps: UserinfoDeps): ReturnType<typeof audiencesOf>[number] | undefined {
  try {
    const { aud } = decodeJwt(token);
    return audiencesOf(deps).find(({ resource }) => resource === (Array.isArray(aud) ? aud[0] : aud));
  } catch {
    return undefined;
  }
}

/**
 * Says who the person behind an access token is (OIDC Core §5.3). The token is judged by every rule of the guard, and its
 * grant is asked at each call: what was taken back says nothing any more.
 * @param method of the request, for the DPoP proof
 * @throws OAuthError invalid_token, insufficient_scope
 */
export async function userinfo(presented: PresentedToken, method: string, deps: UserinfoDeps): Promise<PersonClaims> {
  const { token } = presented;
  const { issuer, signingKeys: keys, clock } = deps;
  const server = claimedAudience(token, deps);
  if (!server) throw refused('audience', 'the access token is not one of this server; sign in again');
  const claims = await verifyAccessToken(token, { issuer, server, keys, clock });
  const url = identityResource(issuer).resource;
  await checkPossession(claims, presented, { method, url, now: clock.now() }).catch((error: unknown) => {
    // RFC 9449 §7.1: at a resource, a proof that does not hold makes the token worth nothing.
    throw error instanceof OAuthError ? refused(error.reason, error.message) : error;
  });
  const grant = livingGrant(await deps.grantStates.look(claims), clock.now(), claims.iat);
  if (!grant) throw refused('grant_dead', 'the access was taken back or has ended; sign in again');
  const scopes = claims.scope.split(' ');
  // OIDC Core §5.3.1: the token must come of an OpenID request.
  if (scopes.includes('openid') && grant.identityScopes) return personClaims(grant, scopes);
  throw new OAuthError('insufficient_scope', 'the access token lacks the scope openid; ask for it when signing in');
}
