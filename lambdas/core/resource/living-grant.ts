import type { Grant } from '../grant.ts';
import type { GrantState } from '../ports/grant-states.ts';
import { isRevokedWith } from './is-revoked-with.ts';

/**
 * The grant of a token, if both count: the grant is active, nothing on which it rests was revoked, and neither was the
 * client that holds the token. A missing item was revoked long ago or never existed; `code` has issued no token yet;
 * expired ones linger in the store.
 * @param now epoch seconds
 * @param iat of the token, epoch seconds. @default there is none that could be older than a revocation of its holder
 */
export function livingGrant(state: GrantState, now: number, iat: number = Infinity): Grant | undefined {
  const { grant, revokedBefore, holderRevokedBefore } = state;
  if (grant?.state !== 'active' || grant.expiresAt <= now) return undefined;
  return isRevokedWith(grant, revokedBefore) || iat <= holderRevokedBefore ? undefined : grant;
}
