import type { APIGatewayRequestAuthorizerEvent } from 'aws-lambda';
import type { Caller } from '../../contract/caller.ts';
import { pathsIn } from '../../core/authorization-details/path-details.ts';
import { checkPossession } from '../../core/dpop/check-possession.ts';
import { OAuthError } from '../../core/errors.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { SigningKeys } from '../../core/ports/signing-keys.ts';
import type { ProtectedServer } from '../../core/protected-server.ts';
import type { AccessTokenClaims } from '../../core/resource/access-token-claims.ts';
import type { GrantLiveness } from '../../core/resource/grant-liveness.ts';
import { verifyAccessToken } from '../../core/resource/verify-access-token.ts';
import { headerValues } from './header-values.ts';
import { RefusedCall } from './refused-call.ts';

export interface TokenGate {
  readonly issuer: string;
  readonly keys: SigningKeys;
  readonly isAlive: GrantLiveness;
  readonly clock: Clock;
}

/**
 * The caller behind an access token.
 * @throws RefusedCall if the token is not good, not the caller's to use, or its grant is dead
 */
export async function withToken(
  credential: { readonly token: string; readonly scheme: 'Bearer' | 'DPoP' },
  event: APIGatewayRequestAuthorizerEvent,
  server: ProtectedServer,
  gate: TokenGate,
): Promise<Caller> {
  const { claims, paths } = await verified(credential, event, server, gate).catch((error: unknown) => {
    throw error instanceof OAuthError ? new RefusedCall(error.reason) : error;
  });
  const { sub, clientId, scope, gid, authorizationDetails } = claims;
  if (!(await gate.isAlive(claims))) throw new RefusedCall('grant_dead', { sub, clientId, gid });
  return {
    ...{ sub, clientId, scope, gid, exp: String(claims.exp), server: server.id },
    // RFC 9396 §9.1. Never cut: the server would take what is missing for a right without a limit.
    ...(authorizationDetails && { authorizationDetails: JSON.stringify(authorizationDetails) }),
    ...(paths && { paths: JSON.stringify(paths) }),
  };
}

/** @throws OAuthError if the token is not good, or is not the caller's to use */
async function verified(
  credential: { readonly token: string; readonly scheme: 'Bearer' | 'DPoP' },
  event: APIGatewayRequestAuthorizerEvent,
  server: ProtectedServer,
  { issuer, keys, clock }: TokenGate,
): Promise<{ readonly claims: AccessTokenClaims; readonly paths: readonly string[] | undefined }> {
  const claims = await verifyAccessToken(credential.token, { issuer, server, keys, clock });
  // RFC 9449 §4.3: the URL as clients know it. What stands below the endpoint is the same for everybody.
  const url = `${server.resource}${event.path.slice(server.path.length)}`;
  const presented = { ...credential, proofs: headerValues(event, 'dpop') };
  await checkPossession(claims, presented, { method: event.httpMethod, url, now: clock.now() });
  return { claims, paths: pathsIn(claims.authorizationDetails) };
}
