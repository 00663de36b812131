import { createHash } from 'node:crypto';
import { calculateJwkThumbprint, compactVerify, decodeProtectedHeader } from 'jose';
import type { JWK } from 'jose';
import { isCompactJws } from '../compact-jws.ts';
import { sameText } from '../digest.ts';
import { OAuthError } from '../errors.ts';
import { comparableUrl } from './comparable-url.ts';
import { dpopAlgorithms } from './dpop-algorithms.ts';

/** The request that a proof must be about. */
export interface ProvedRequest {
  /** HTTP method. */
  readonly method: string;
  /** URL of the request as the client knows it; query and fragment do not matter. */
  readonly url: string;
  /** Epoch seconds. */
  readonly now: number;
  /** At a resource: the access token that comes with the proof. */
  readonly accessToken?: string;
}

/** A proof that holds. */
export interface DpopProof {
  /** SHA-256 thumbprint of the client's public key (RFC 7638), as in `cnf.jkt`. */
  readonly jkt: string;
  readonly jti: string;
  /** Epoch seconds. */
  readonly iat: number;
  /** The server's nonce, if the proof carries one. */
  readonly nonce?: string;
}

/** Seconds by which `iat` may lie on either side of now: what X-DPOP2 asks for clocks that run apart. */
export const dpopLeeway = 300;

/** Characters. A proof with an RSA key of 4096 bits stays below half of it. */
const longest = 8192;
/** Characters of `jti`, `nonce` and `htu`. */
const longestClaim = 2048;

/** What makes a JWK private or symmetric (RFC 7518 §6). */
const secretMembers = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'];

/**
 * Checks a DPoP proof, all rules of RFC 9449 §4.3 but two: whether its `jti` was used before and whether its nonce is
 * good are questions of whoever asks.
 * @throws OAuthError invalid_dpop_proof; `reason` names the rule
 */
export async function verifyDpopProof(proof: string, expected: ProvedRequest): Promise<DpopProof> {
  demand(proof.length <= longest, 'too_large', `is longer than ${longest} characters`);
  const { key, payload } = await verifySignature(proof);
  const claims = parseObject(payload);
  const { jti, htm, htu, iat, ath, nonce } = claims;
  demand(isText(jti), 'jti', 'needs a jti claim');
  // RFC 9449 §4.3 items 8 and 9
  demand(htm === expected.method, 'htm', 'was made for another HTTP method; htm must be that of this request');
  const same = isText(htu) && comparableUrl(htu) === comparableUrl(expected.url);
  demand(same, 'htu', 'was made for another URL; htu must be that of this request');
  // RFC 9449 §4.3 item 11, §11.1
  demand(typeof iat === 'number' && Number.isFinite(iat), 'iat_missing', 'needs an iat claim in seconds');
  const fresh = Math.abs(expected.now - iat) <= dpopLeeway;
  demand(fresh, 'iat', 'is too old or from the future; make a new proof for each request and set the clock');
  // RFC 9449 §4.3 item 12, §7
  const bound = expected.accessToken === undefined || (isText(ath) && sameText(ath, hashOf(expected.accessToken)));
  demand(bound, 'ath', 'was made for another access token; ath must be the hash of the one that is sent');
  demand(nonce === undefined || isText(nonce), 'nonce_syntax', 'has a nonce claim that is no text');
  const jkt = await calculateJwkThumbprint(key, 'sha256');
  return { jkt, jti, iat, ...(nonce !== undefined && { nonce }) };
}

async function verifySignature(proof: string): Promise<{ key: JWK; payload: Uint8Array }> {
  demand(isCompactJws(proof), 'malformed', 'is not one compact JWT; send exactly one DPoP header');
  const { typ, alg, jwk } = readHeader(proof);
  // RFC 9449 §4.3 items 4 to 6
  demand(typ === 'dpop+jwt', 'type', 'must have the type dpop+jwt');
  const names: readonly string[] = dpopAlgorithms;
  demand(isText(alg) && names.includes(alg), 'algorithm', `must be signed with one of: ${names.join(' ')}`);
  demand(isObject(jwk), 'jwk_missing', 'needs the public key in its jwk header');
  // RFC 9449 §4.3 item 7: who shows a private key has lost it.
  demand(!secretMembers.some((name) => name in jwk), 'jwk_private', 'must have a public key in its jwk header');
  try {
    const { payload } = await compactVerify(proof, jwk as JWK, { algorithms: [alg] });
    return { key: jwk, payload };
  } catch (cause) {
    throw refusal('signature', 'is not signed with the key in its jwk header', cause);
  }
}

function readHeader(proof: string): Record<string, unknown> {
  try {
    return decodeProtectedHeader(proof);
  } catch (cause) {
    throw refusal('malformed', 'is not one compact JWT; send exactly one DPoP header', cause);
  }
}

function parseObject(payload: Uint8Array): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(payload));
    if (isObject(value)) return value;
  } catch {
    // The same refusal as for JSON that is no object.
  }
  throw refusal('payload', 'has no claims');
}

/** RFC 9449 §4.2: base64url SHA-256 of the token's ASCII text. */
function hashOf(accessToken: string): string {
  return createHash('sha256').update(accessToken, 'ascii').digest('base64url');
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && value.length <= longestClaim;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function demand(condition: boolean, reason: string, fault: string): asserts condition {
  if (!condition) throw refusal(reason, fault);
}

function refusal(reason: string, fault: string, cause?: unknown): OAuthError {
  return new OAuthError('invalid_dpop_proof', `the DPoP proof ${fault}`, { reason: `dpop_${reason}`, cause });
}
