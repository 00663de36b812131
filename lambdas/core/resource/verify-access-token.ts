import { OAuthError } from '../errors.ts';
import type { Clock } from '../ports/clock.ts';
import type { SigningKeys } from '../ports/signing-keys.ts';
import type { ProtectedServer } from '../protected-server.ts';
import type { AccessTokenClaims } from './access-token-claims.ts';
import { isAccessTokenType } from './access-token-type.ts';
import { parseClaims } from './parse-claims.ts';
import { verifyJwt } from './verify-jwt.ts';

export interface Verification {
  /** Issuer identifier, byte for byte. */
  readonly issuer: string;
  /** The server that is asked: the one audience that it accepts. */
  readonly server: Pick<ProtectedServer, 'resource'>;
  readonly keys: SigningKeys;
  readonly clock: Clock;
}

/**
 * Verifies an access token as RFC 9068 §4 asks of a resource server. Whether its grant still lives is another
 * question (`grantLiveness`), and so is the proof that a token with `cnf` needs.
 * @throws OAuthError `invalid_token`; `reason` names the rule, the message is safe for the wire
 */
export async function verifyAccessToken(token: string, verification: Verification): Promise<AccessTokenClaims> {
  const { issuer, server, keys, clock } = verification;
  const { typ, payload } = await verifyJwt(token, keys);
  if (!isAccessTokenType(typ)) {
    throw new OAuthError('invalid_token', 'The token is not of type at+jwt.', { reason: 'type' });
  }
  return parseClaims(payload, { issuer, resource: server.resource, now: clock.now() });
}
