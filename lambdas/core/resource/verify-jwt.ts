import { compactVerify, decodeProtectedHeader } from 'jose';
import type { JWK } from 'jose';
import { isCompactJws } from '../compact-jws.ts';
import { OAuthError } from '../errors.ts';
import type { SigningKey, SigningKeys } from '../ports/signing-keys.ts';

/** Bytes. Ours stay under 2 KB; whoever sends more is not our client, and parsing is not free. */
const longest = 8192;

/** A JWT that one of our keys signed. */
export interface VerifiedJwt {
  readonly typ: unknown;
  readonly payload: Uint8Array;
}

/**
 * Verifies that one of our keys signed a JWT; of what kind it is and what it says, the caller judges.
 * @throws OAuthError `invalid_token`; `reason` names the rule, the message is safe for the wire
 */
export async function verifyJwt(token: string, keys: SigningKeys): Promise<VerifiedJwt> {
  if (token.length > longest) throw refusal('too_large', 'The access token is longer than 8 KB.');
  if (!isCompactJws(token)) throw refusal('malformed', 'The access token is not a JWT.');
  const { typ, alg, kid } = readHeader(token);
  const key = await findKey(kid, keys);
  // RFC 8725 §3.1: the key decides its algorithm, never the token, so `none` and HMAC with a public key are out.
  if (alg !== key.algorithm) throw refusal('algorithm', 'The access token is signed with a wrong algorithm.');
  return { typ, payload: await verifySignature(token, key) };
}

function readHeader(token: string): { typ?: unknown; alg?: unknown; kid?: unknown } {
  try {
    return decodeProtectedHeader(token);
  } catch (cause) {
    throw refusal('malformed', 'The access token is not a JWT.', cause);
  }
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
