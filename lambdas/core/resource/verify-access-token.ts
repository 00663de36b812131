import { compactVerify, decodeProtectedHeader } from 'jose';
import type { JWK } from 'jose';
import { OAuthError } from '../errors.ts';
import type { Clock } from '../ports/clock.ts';
import type { SigningKey, SigningKeys } from '../ports/signing-keys.ts';
import type { ProtectedServer } from '../protected-server.ts';
import type { AccessTokenClaims } from './access-token-claims.ts';
import { parseClaims } from './parse-claims.ts';

export interface Verification {
  /** Issuer identifier, byte for byte. */
  readonly issuer: string;
  /** The server that is asked: the one audience that it accepts. */
  readonly server: Pick<ProtectedServer, 'resource'>;
  readonly keys: SigningKeys;
  readonly clock: Clock;
}

/** Bytes. Ours stay under 2 KB; whoever sends more is not our client, and parsing is not free. */
const longest = 8192;

/**
 * Verifies an access token as RFC 9068 §4 asks of a resource server. Whether its grant still lives is another
 * question (`grantLiveness`).
 * @throws OAuthError `invalid_token`; `reason` names the rule, the message is safe for the wire
 */
export async function verifyAccessToken(token: string, verification: Verification): Promise<AccessTokenClaims> {
  if (token.length > longest) throw refusal('too_large', 'The access token is longer than 8 KB.');
  const header = readHeader(token);
  // RFC 9068 §4, RFC 8725 §3.11: no other kind of JWT (an ID token, a logout token) may pass for an access token.
  if (!isAccessTokenType(header.typ)) throw refusal('type', 'The token is not of type at+jwt.');
  const key = await findKey(header.kid, verification.keys);
  // RFC 8725 §3.1: the key decides its algorithm, never the token, so `none` and HMAC with a public key are out.
  if (header.alg !== key.algorithm) throw refusal('algorithm', 'The access token is signed with a wrong algorithm.');
  const payload = await verifySignature(token, key);
  const { issuer, server, clock } = verification;
  return parseClaims(payload, { issuer, resource: server.resource, now: clock.now() });
}

function readHeader(token: string): { typ?: unknown; alg?: unknown; kid?: unknown } {
  try {
    return decodeProtectedHeader(token);
  } catch (cause) {
    throw refusal('malformed', 'The access token is not a JWT.', cause);
  }
}

// RFC 7515 §4.1.9: `application/` may be left out, and media types ignore case.
function isAccessTokenType(typ: unknown): boolean {
  return typeof typ === 'string' && /^(application\/)?at\+jwt$/i.test(typ);
}

/** An unknown key id may be that of a key published a moment ago: the table is asked once. */
async function findKey(kid: unknown, keys: SigningKeys): Promise<SigningKey> {
  if (typeof kid !== 'string') throw refusal('kid_missing', 'The access token names no key.');
  const named = (key: SigningKey): boolean => key.kid === kid;
  const key = (await keys.list()).find(named) ?? (await keys.list({ fresh: true })).find(named);
  if (!key) throw refusal('unknown_key', 'The access token is signed with an unknown key.');
  return key;
}

async function verifySignature(token: string, key: SigningKey): Promise<Uint8Array> {
  try {
    const { payload } = await compactVerify(token, key.publicJwk as JWK, { algorithms: [key.algorithm] });
    return payload;
  } catch (cause) {
    throw refusal('signature', 'The signature of the access token is wrong.', cause);
  }
}

function refusal(reason: string, description: string, cause?: unknown): OAuthError {
  return new OAuthError('invalid_token', description, { reason, cause });
}
