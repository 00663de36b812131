import type { Lifetimes } from '../lifetimes.ts';

/**
 * When a grant that is used now ends without further use, epoch seconds: never before its access token, because the
 * guard counts a missing grant as revoked.
 */
export function grantEnd(refreshable: boolean, now: number, lifetimes: Lifetimes): number {
  const { accessToken, refreshTokenIdle } = lifetimes;
  return now + (refreshable ? Math.max(accessToken, refreshTokenIdle) : accessToken);
}
