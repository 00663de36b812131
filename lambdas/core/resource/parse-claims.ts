import { OAuthError } from '../errors.ts';
import type { AccessTokenClaims } from './access-token-claims.ts';
import { optionalClaims } from './optional-claims.ts';

/** What a token must say to be good here and now. */
export interface Expectation {
  readonly issuer: string;
  /** Resource identifier of the server that is asked. */
  readonly resource: string;
  /** Epoch seconds. */
  readonly now: number;
}

/**
 * Seconds by which the clock of the signer may run ahead of ours (`iat`, `nbf`). `exp` gets none: both clocks are
 * AWS's, and a lifetime that was promised to an administrator ends when it ends.
 */
const leeway = 30;

/**
 * Checks the claims of a payload whose signature was already verified.
 * @throws OAuthError `invalid_token`, with the first rule that failed as `reason`
 */
export function parseClaims(payload: Uint8Array, expected: Expectation): AccessTokenClaims {
  const claims = parseObject(payload);
  // RFC 9068 §4: the issuer must be exactly the one expected; URL equivalence does not count.
  demand(claims['iss'] === expected.issuer, 'issuer', 'was issued by someone else');
  // RFC 9068 §4, RFC 8707 §2: the token must have been issued for this server, and here for no other one as well.
  demand(audienceOf(claims['aud']) === expected.resource, 'audience', 'was issued for another resource');
  const { exp, iat, nbf } = claims;
  // RFC 9068 §2.2 makes exp and iat required.
  demand(isInstant(exp), 'exp_missing', 'has no valid exp claim');
  demand(expected.now < exp, 'expired', 'has expired');
  demand(isInstant(iat), 'iat_missing', 'has no valid iat claim');
  demand(iat <= expected.now + leeway, 'iat_future', 'was issued in the future');
  demand(iat <= exp, 'iat_after_exp', 'was issued after its own end');
  if (nbf !== undefined) {
    demand(isInstant(nbf), 'nbf_malformed', 'has no valid nbf claim');
    demand(nbf <= expected.now + leeway, 'nbf_future', 'is not valid yet');
  }
  return {
    iss: expected.issuer,
    sub: text(claims, 'sub'),
    aud: expected.resource,
    clientId: text(claims, 'client_id'),
    jti: text(claims, 'jti'),
    gid: text(claims, 'gid'),
    scope: scopeOf(claims['scope']),
    ...optionalClaims(claims),
    iat,
    exp,
  };
}

function parseObject(payload: Uint8Array): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(payload));
    demand(typeof value === 'object' && value !== null && !Array.isArray(value), 'payload', 'has no claims');
    return value as Record<string, unknown>;
  } catch (cause) {
    throw new OAuthError('invalid_token', 'The access token has no claims.', { reason: 'payload', cause });
  }
}

/** The audience, if it is exactly one. */
function audienceOf(aud: unknown): unknown {
  return Array.isArray(aud) && aud.length === 1 ? (aud[0] as unknown) : aud;
}

function isInstant(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value > 0;
}

function text(claims: Record<string, unknown>, name: string): string {
  const value = claims[name];
  demand(typeof value === 'string' && value !== '', `${name}_missing`, `has no ${name} claim`);
  return value;
}

// RFC 9068 §2.2.3: scope is one string, never an array; a token without any scope carries the empty string.
function scopeOf(scope: unknown): string {
  demand(typeof scope === 'string', 'scope_missing', 'has no scope claim');
  return scope;
}

function demand(condition: boolean, reason: string, fault: string): asserts condition {
  if (!condition) throw new OAuthError('invalid_token', `The access token ${fault}.`, { reason });
}
