import type { Grant } from '../grant.ts';
import type { Lifetimes } from '../lifetimes.ts';
import { grantEnd } from './grant-end.ts';

/** What is known of a grant that no consent page made. */
export type DirectGrant = Pick<Grant, 'gid' | 'clientId' | 'sub' | 'resources' | 'scopes'> & Partial<Grant>;

/**
 * A grant that begins active, because nothing waits between its request and its token. Without refresh tokens it ends
 * with its access token; the guard asks about it like about any other (D9).
 * @param now epoch seconds
 */
export function directGrant(known: DirectGrant, now: number, lifetimes: Lifetimes): Grant {
  const refreshable = known.refreshable ?? false;
  const expiresAt = grantEnd(refreshable, now, lifetimes);
  return {
    state: 'active',
    refreshable,
    generation: refreshable ? 1 : 0,
    rotatedAt: now,
    authTime: now,
    createdAt: now,
    expiresAt,
    absoluteExpiresAt: expiresAt,
    ...known,
  };
}
