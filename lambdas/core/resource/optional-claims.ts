import type { AuthorizationDetail } from '../authorization-request.ts';
import { OAuthError } from '../errors.ts';
import type { AccessTokenClaims, Actor } from './access-token-claims.ts';

/** Actors in a row beyond which a chain is no chain of ours. */
const longestChain = 16;

/**
 * The claims that only some access tokens have. What is there must be understood: a binding that is ignored would turn
 * a bound token into a bearer token.
 * @throws OAuthError `invalid_token`
 */
export function optionalClaims(
  claims: Readonly<Record<string, unknown>>,
): Pick<AccessTokenClaims, 'cnf' | 'act' | 'authorizationDetails'> {
  const { cnf, act, authorization_details: details } = claims;
  return {
    ...(cnf !== undefined && { cnf: confirmationOf(cnf) }),
    ...(act !== undefined && { act: actorOf(act, longestChain) }),
    ...(details !== undefined && { authorizationDetails: detailsOf(details) }),
  };
}

// RFC 7800 §3.1: of the members of cnf we know one, and a token bound in another way is not for us.
function confirmationOf(cnf: unknown): { readonly jkt: string } {
  const members = isObject(cnf) ? Object.keys(cnf) : [];
  const jkt = isObject(cnf) ? cnf['jkt'] : undefined;
  if (members.length === 1 && typeof jkt === 'string' && /^[\w-]{43}$/.test(jkt)) return { jkt };
  throw refusal('cnf', 'is bound in an unknown way');
}

// RFC 8693 §4.1
function actorOf(act: unknown, room: number): Actor {
  if (!isObject(act) || typeof act['sub'] !== 'string' || act['sub'] === '' || room === 0) {
    throw refusal('act', 'has no valid act claim');
  }
  const { sub, act: earlier } = act as { sub: string; act?: unknown };
  return earlier === undefined ? { sub } : { sub, act: actorOf(earlier, room - 1) };
}

// RFC 9396 §9.1
function detailsOf(details: unknown): readonly AuthorizationDetail[] {
  const valid = Array.isArray(details) && details.every((item) => isObject(item) && typeof item['type'] === 'string');
  if (valid) return details as AuthorizationDetail[];
  throw refusal('authorization_details', 'has no valid authorization_details claim');
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function refusal(reason: string, fault: string): OAuthError {
  return new OAuthError('invalid_token', `The access token ${fault}.`, { reason });
}
