import type { Grant } from '../grant.ts';

/**
 * Whether a grant had begun when its person, its client or the consent between them was revoked. "In the same second"
 * is dead: a fresh sign-in costs less than a survivor.
 * @param revokedBefore epoch seconds; 0: never
 */
export function isRevokedWith(grant: Pick<Grant, 'createdAt' | 'givenAt'>, revokedBefore: number): boolean {
  return (grant.givenAt ?? grant.createdAt) <= revokedBefore;
}
