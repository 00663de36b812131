import type { Grant } from '../grant.ts';
import type { GrantState } from '../ports/grant-states.ts';
import { isRevokedWith } from './is-revoked-with.ts';

/**
 * The grant of a token, if it counts: it is active, and nothing on which it rests was revoked. A missing item was revoked
 * long ago or never existed; `code` has issued no token yet; expired ones linger in the store. The caller also holds the
 * token's `iat` against `holderRevokedBefore`.
 * @param now epoch seconds
 */
export function livingGrant({ grant, revokedBefore }: GrantState, now: number): Grant | undefined {
  if (grant?.state !== 'active' || grant.expiresAt <= now) return undefined;
  return isRevokedWith(grant, revokedBefore) ? undefined : grant;
}
