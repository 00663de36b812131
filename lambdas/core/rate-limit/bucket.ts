import type { RateLimit } from './rate-limit.ts';

/**
 * A bucket is one number: the epoch microsecond at which it is full again. Taking a token moves it on by the time that
 * one token needs to come back; a moment in the past is a full bucket. So it refills by itself, a taking is one
 * addition, and additions of many instances do not disturb each other.
 */
export interface Bucket {
  /** Microseconds until one token is back; rounded up, so that rounding never gives more than the limit. */
  readonly cost: number;
  /** `fullAt` beyond which no token is there at `now`: epoch microseconds. */
  ceiling(now: number): number;
  /** Whole tokens that are there. @param now epoch seconds */
  tokensAt(now: number, fullAt: number): number;
  /** Whole seconds until there is a token, at least 1 (RFC 9110 §10.2.3). @param now epoch seconds */
  secondsToWait(now: number, fullAt: number): number;
}

const second = 1_000_000;

/** The arithmetic of a limit; integers only, which stay exact until the year 2255. */
export function bucketOf({ rps, burst }: RateLimit): Bucket {
  const cost = Math.ceil(second / rps);
  const ceiling = (now: number): number => now * second + burst * cost;
  return {
    cost,
    ceiling,
    tokensAt: (now, fullAt) => Math.max(0, Math.floor((ceiling(now) - Math.max(fullAt, now * second)) / cost)),
    secondsToWait: (now, fullAt) => Math.max(1, Math.ceil((fullAt + cost - ceiling(now)) / second)),
  };
}
