import { decodeJwt, decodeProtectedHeader } from 'jose';
import { assertionAlgorithms } from '../client-auth/assertion-algorithms.ts';
import type { IdJag } from './id-jag.ts';
import { refuseIdJag } from './refuse-id-jag.ts';

type Claims = Readonly<Record<string, unknown>>;

/** Seconds that the clocks of issuer and server may differ. */
export const leeway = 30;
/** Seconds from now to the expiry, at most: how long an id must be remembered (RFC 7523 §3, 4). */
const longestLife = 3600;

/**
 * Reads an ID-JAG and judges all that can be judged without its issuer and its client (EMA §5, ID-JAG §4.4.1).
 * @throws OAuthError invalid_grant, naming the claim
 */
export function readIdJag(jwt: string, known: { readonly issuer: string; readonly now: number }): IdJag {
  const { header, claims } = decode(jwt);
  const { alg: algorithm, kid, typ } = header;
  // RFC 8725 §3.11, ID-JAG §3: an ID token or a client assertion of the same issuer must not pass.
  if (typeof typ !== 'string' || !/^(application\/)?oauth-id-jag\+jwt$/i.test(typ)) {
    throw refuseIdJag('type', 'must have the typ oauth-id-jag+jwt');
  }
  if (typeof algorithm !== 'string' || !Object.hasOwn(assertionAlgorithms, algorithm)) {
    throw refuseIdJag('algorithm', `must be signed with one of: ${Object.keys(assertionAlgorithms).join(', ')}`);
  }
  checkAudience(claims['aud'], known.issuer);
  const times = checkTimes(claims, known.now);
  return {
    jwt,
    algorithm,
    ...(typeof kid === 'string' && { kid }),
    issuer: text(claims, 'iss'),
    subject: text(claims, 'sub'),
    clientId: text(claims, 'client_id'),
    jti: text(claims, 'jti'),
    ...times,
    resources: resourcesOf(claims['resource']),
    ...optional(claims),
  };
}

function decode(jwt: string): { readonly header: Claims; readonly claims: Claims } {
  try {
    return { header: { ...decodeProtectedHeader(jwt) }, claims: { ...decodeJwt(jwt) } };
  } catch (cause) {
    throw refuseIdJag('malformed', 'is not a signed JWT', cause);
  }
}

/** ID-JAG §3: made for this server and for no other; issuers spell it with and without the slash at the end. */
function checkAudience(aud: unknown, issuer: string): void {
  const [only, ...others] = Array.isArray(aud) ? (aud as readonly unknown[]) : [aud];
  if (others.length === 0 && (only === issuer || only === `${issuer}/`)) return;
  throw refuseIdJag('audience', `must have the issuer ${issuer} as its only aud`);
}

/** RFC 7523 §3, 4 to 6. */
function checkTimes({ exp, iat, nbf }: Claims, now: number): Pick<IdJag, 'exp' | 'iat'> {
  if (typeof exp !== 'number' || !Number.isFinite(exp)) throw refuseIdJag('exp', 'must have an exp in seconds');
  if (exp <= now - leeway) throw refuseIdJag('expired', 'has expired; ask the identity provider for a new one');
  if (exp > now + longestLife + leeway) throw refuseIdJag('long_lived', `must expire within ${longestLife} seconds`);
  if (typeof iat !== 'number' || !(iat >= 0) || iat > now + leeway)
    throw refuseIdJag('iat', 'must have an iat that is not to come');
  if (nbf !== undefined && !(typeof nbf === 'number' && nbf <= now + leeway)) {
    throw refuseIdJag('nbf', 'has an nbf that is to come');
  }
  return { exp, iat };
}

function text(claims: Claims, name: string): string {
  const value = claims[name];
  if (typeof value === 'string' && value !== '' && value.length <= 1024) return value;
  throw refuseIdJag(name, `must have the claim ${name}`);
}

/** EMA §5: the MCP server that the token will be for; RFC 8707 lets it be several. */
function resourcesOf(resource: unknown): readonly string[] {
  const named = Array.isArray(resource) ? (resource as readonly unknown[]) : [resource];
  const texts = named.filter((value): value is string => typeof value === 'string' && value !== '');
  if (texts.length === named.length && texts.length > 0 && texts.length <= 16) return texts;
  throw refuseIdJag('resource', 'must name an MCP server in the claim resource');
}

function optional({ scope, email, name, auth_time: authTime }: Claims) {
  if (scope !== undefined && typeof scope !== 'string') throw refuseIdJag('scope', 'must have scope as one string');
  return {
    ...(scope !== undefined && { scopes: scope.split(' ').filter((part) => part !== '') }),
    ...(typeof email === 'string' && { email: email.slice(0, 320) }),
    ...(typeof name === 'string' && { name: name.slice(0, 200) }),
    ...(typeof authTime === 'number' && Number.isFinite(authTime) && { authTime: Math.floor(authTime) }),
  };
}
