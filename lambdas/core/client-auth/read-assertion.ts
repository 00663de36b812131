import { decodeJwt, decodeProtectedHeader } from 'jose';
import { assertionAlgorithms } from './assertion-algorithms.ts';
import { refuseAssertion } from './refuse-assertion.ts';

/** A client assertion whose claims are in order; who signed it is another question. */
export interface ClientAssertion {
  /** As it was sent. */
  readonly jwt: string;
  readonly algorithm: string;
  readonly kid?: string;
  readonly clientId: string;
  readonly jti: string;
  /** Epoch seconds. */
  readonly exp: number;
}

/** Seconds that the clocks of client and server may differ. */
export const leeway = 30;
/** Seconds from now to the expiry: how long an id must be remembered. */
const longestLife = 600;

/**
 * Reads a client assertion and judges all that can be judged without its client (RFC 7523 §3).
 * @throws OAuthError invalid_client, naming the claim
 */
export function readAssertion(jwt: string, known: { readonly issuer: string; readonly now: number }): ClientAssertion {
  const { header, claims } = decode(jwt);
  const { alg: algorithm, kid, typ } = header;
  if (typeof algorithm !== 'string' || !Object.hasOwn(assertionAlgorithms, algorithm)) {
    throw refuseAssertion('algorithm', `must be signed with one of: ${Object.keys(assertionAlgorithms).join(', ')}`);
  }
  // RFC 8725 §3.11: no token that was made for something else. Those without a type come from older clients.
  if (typ !== undefined && !/^(application\/)?(jwt|client-authentication\+jwt)$/i.test(String(typ))) {
    throw refuseAssertion('type', 'has the typ of another kind of JWT; use client-authentication+jwt');
  }
  const { sub, iss, jti } = claims;
  // RFC 7523 §3, 1 and 2.B
  if (typeof sub !== 'string' || sub === '' || iss !== sub) {
    throw refuseAssertion('subject', 'must have the client_id as both iss and sub');
  }
  checkAudience(claims.aud, known.issuer);
  const exp = checkTimes(claims, known.now);
  // RFC 7523 §3, 7 and OAuth 2.1 §2.4.2: what makes an assertion good for one use.
  if (typeof jti !== 'string' || jti === '') throw refuseAssertion('jti', 'must have a jti, new for each request');
  return { jwt, algorithm, ...(typeof kid === 'string' && { kid }), clientId: sub, jti, exp };
}

function decode(jwt: string) {
  try {
    return { header: decodeProtectedHeader(jwt), claims: decodeJwt(jwt) as Readonly<Record<string, unknown>> };
  } catch (cause) {
    throw refuseAssertion('malformed', 'is not a signed JWT', cause);
  }
}

/**
 * draft-ietf-oauth-rfc7523bis §4: the issuer as the only value, so that an assertion for one server is worth nothing at
 * another. The token endpoint's URL, which RFC 7523 §3 told clients to send, names nobody else either, nor does that of
 * the endpoint for pushed requests, which RFC 9126 §2 wants accepted.
 */
function checkAudience(aud: unknown, issuer: string): void {
  const [only, ...others] = Array.isArray(aud) ? (aud as readonly unknown[]) : [aud];
  if (others.length === 0 && [issuer, `${issuer}/`, `${issuer}/token`, `${issuer}/par`].includes(only as string))
    return;
  throw refuseAssertion('audience', `must have the issuer ${issuer} as its only aud`);
}

/** @returns the expiry, epoch seconds */
function checkTimes({ exp, iat, nbf }: Readonly<Record<string, unknown>>, now: number): number {
  // RFC 7523 §3, 4
  if (typeof exp !== 'number' || !Number.isFinite(exp)) throw refuseAssertion('exp', 'must have an exp in seconds');
  if (exp <= now - leeway) throw refuseAssertion('expired', 'has expired; make a new one for each request');
  if (exp > now + longestLife + leeway) {
    throw refuseAssertion('long_lived', `must expire within ${longestLife} seconds; check the clock of the client`);
  }
  for (const [name, value] of Object.entries({ iat, nbf })) {
    const begun = value === undefined || (typeof value === 'number' && value <= now + leeway);
    if (!begun) throw refuseAssertion(name, `has an ${name} that is not yet; check the clock of the client`);
  }
  return exp;
}
