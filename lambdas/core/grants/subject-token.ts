import { decodeJwt } from 'jose';
import { OAuthError } from '../errors.ts';
import type { Grant } from '../grant.ts';
import type { AccessTokenClaims } from '../resource/access-token-claims.ts';
import { livingGrant } from '../resource/living-grant.ts';
import { verifyAccessToken } from '../resource/verify-access-token.ts';
import type { TokenDeps } from './exchange-token.ts';

/** RFC 8693 §2.2.2: a token that is invalid for any reason makes the request invalid; the log knows the reason. */
function refused(reason: string, cause?: unknown): OAuthError {
  return new OAuthError('invalid_request', 'subject_token is expired, revoked or not an access token of this server', {
    reason: `subject_token_${reason}`,
    cause,
  });
}

function namedServer(token: string, servers: TokenDeps['servers']): TokenDeps['servers'][number] {
  try {
    const { aud } = decodeJwt(token);
    const found = servers.find((server) => server.resource === (Array.isArray(aud) ? aud[0] : aud));
    if (found) return found;
  } catch (cause) {
    throw refused('malformed', cause);
  }
  throw refused('audience');
}

/**
 * Verifies the token that is to be exchanged, by every rule that the guard has, for any server here.
 * @throws OAuthError invalid_request
 */
export async function subjectToken(
  token: string,
  deps: Pick<TokenDeps, 'issuer' | 'servers' | 'signingKeys' | 'clock' | 'grantStates'>,
): Promise<{ readonly claims: AccessTokenClaims; readonly grant: Grant }> {
  const { issuer, signingKeys: keys, clock } = deps;
  const server = namedServer(token, deps.servers);
  const claims = await verifyAccessToken(token, { issuer, server, keys, clock }).catch((error: unknown) => {
    throw error instanceof OAuthError ? refused(error.reason, error) : error;
  });
  const grant = livingGrant(await deps.grantStates.look(claims), clock.now(), claims.iat);
  if (!grant) throw refused('grant_dead');
  return { claims, grant };
}
