import { checkPossession } from '../dpop/check-possession.ts';
import type { PresentedToken } from '../dpop/check-possession.ts';
import { OAuthError } from '../errors.ts';
import type { Clock } from '../ports/clock.ts';
import type { GrantStates } from '../ports/grant-states.ts';
import type { SigningKeys } from '../ports/signing-keys.ts';
import type { AccessTokenClaims } from '../resource/access-token-claims.ts';
import { expandScopes } from '../resource/expand-scopes.ts';
import { livingGrant } from '../resource/living-grant.ts';
import { verifyAccessToken } from '../resource/verify-access-token.ts';
import { adminReadScope, adminResource, adminScope } from './admin-resource.ts';
import type { AdministratorPolicy } from './administrator-of.ts';
import { administratorOf } from './administrator-of.ts';
import type { Administrator } from './administrator.ts';

export interface AdministratorDeps {
  readonly issuer: string;
  readonly signingKeys: SigningKeys;
  readonly clock: Clock;
  readonly grantStates: GrantStates;
  /** @default nobody administers */
  readonly administrators?: AdministratorPolicy | undefined;
}

function refused(reason: string, problem: string): OAuthError {
  return new OAuthError('invalid_token', problem, { reason });
}

/**
 * Verifies a token for the admin API by every rule that the guard has.
 * @param request `url`: of the request without its query, as the client knows it, for the DPoP proof
 * @throws OAuthError invalid_token
 */
export async function verifyAdminToken(
  presented: PresentedToken,
  request: { readonly method: string; readonly url: string },
  deps: AdministratorDeps,
): Promise<AccessTokenClaims> {
  const { issuer, signingKeys: keys, clock } = deps;
  const claims = await verifyAccessToken(presented.token, { issuer, server: adminResource(issuer), keys, clock });
  await checkPossession(claims, presented, { ...request, now: clock.now() }).catch((error: unknown) => {
    // RFC 9449 §7.1: at a resource, a proof that does not hold makes the token worth nothing.
    throw error instanceof OAuthError ? refused(error.reason, error.message) : error;
  });
  return claims;
}

/**
 * Who administers by a verified token. The grant, and what may have ended it, are read at each call; and the rights are
 * those that its person has by the settings of now, whatever was so when the token was given.
 * @returns `isNarrowed`: the person could change things, by a token that can not
 * @throws OAuthError invalid_token; insufficient_scope, also for people who administer no more (`reason`
 *   `not_an_administrator`)
 */
export async function administratorBy(
  claims: AccessTokenClaims,
  deps: AdministratorDeps,
): Promise<Administrator & { readonly isNarrowed: boolean }> {
  const now = deps.clock.now();
  const grant = livingGrant(await deps.grantStates.look(claims), now, claims.iat);
  if (!grant || grant.absoluteExpiresAt <= now) {
    throw refused('grant_dead', 'the access was taken back or has ended; sign in again');
  }
  const administrator = administratorOf(grant, deps.administrators);
  if (!administrator) {
    throw new OAuthError('insufficient_scope', 'this account administers no more', { reason: 'not_an_administrator' });
  }
  const held = expandScopes(claims.scope.split(' '), adminResource(deps.issuer));
  if (!held.has(adminReadScope)) {
    throw new OAuthError('insufficient_scope', `the access token lacks the scope ${adminReadScope}`);
  }
  const isNarrowed = administrator.access === 'write' && !held.has(adminScope);
  return { ...administrator, begunAt: now, ...(isNarrowed && { access: 'read' }), isNarrowed };
}
