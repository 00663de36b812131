import { digest } from '../digest.ts';
import type { Clock } from '../ports/clock.ts';
import type { RateLimits } from '../ports/rate-limits.ts';
import { putNewest } from '../put-newest.ts';
import { bucketOf } from './bucket.ts';
import type { RateLimit } from './rate-limit.ts';

export interface RateLimiterOptions {
  readonly rateLimits: RateLimits;
  readonly clock: Clock;
  /** Hears that the store failed; requests then pass. */
  readonly onOutage: (error: unknown) => void;
  /**
   * Callers remembered at once; the one that was new first goes first.
   * @default 10000
   */
  readonly maxEntries?: number;
}

/**
 * Counts one request of `who` in a class.
 * @returns seconds to wait, a whole number; 0: it may pass. Never throws.
 */
export type RateLimiter = (kind: string, who: string, limit: RateLimit) => Promise<number>;

/** Seconds for which the free requests below are given. */
const freePeriod = 60;
/** Seconds for which the store is left alone after it failed. */
const outagePause = 10;

/** What one instance knows of one caller. */
interface Entry {
  readonly key: string;
  /** Requests that may still pass without being counted, until `freeUntil`. */
  free: number;
  freeUntil: number;
  /** The second that the three below are about. */
  second: number;
  /** Tokens leased in it and not yet spent. They end with it, so that none is saved up. */
  tokens: number;
  asked: number;
  askedBefore: number;
  fullAt: number;
  refusedUntil: number;
}

/**
 * The bound of docs/decisions/0020: what this many requests a minute of a caller cost is no call to the store, and what
 * they may exceed the limit by, on each instance.
 */
export function freeRequests({ burst }: RateLimit): number {
  return Math.min(20, Math.floor(burst / 5));
}

/**
 * Spends tokens that it leases from the shared bucket: as many as the caller used in the second before, doubling while
 * that is not enough. A steady caller so costs one write a second, and a refused one is refused from memory.
 */
export function rateLimiter(options: RateLimiterOptions): RateLimiter {
  const { rateLimits, clock, onOutage, maxEntries = 10_000 } = options;
  const entries = new Map<string, Entry>();
  let pausedUntil = 0;

  async function lease(entry: Entry, limit: RateLimit, now: number): Promise<number> {
    const wanted = Math.min(Math.floor(limit.burst), Math.max(entry.askedBefore, entry.asked));
    try {
      const { tokens, fullAt } = await rateLimits.take(entry.key, wanted, limit, now, entry.fullAt);
      entry.fullAt = Math.max(entry.fullAt, fullAt);
      if (tokens > 0 && entry.second === now) entry.tokens += tokens - 1;
      if (tokens > 0) return 0;
      const wait = bucketOf(limit).secondsToWait(now, fullAt);
      entry.refusedUntil = now + wait;
      return wait;
    } catch (error) {
      // A table that fails must not close the house: the limits are a protection, not a right to enter.
      pausedUntil = now + outagePause;
      onOutage(error);
      return 0;
    }
  }

  return async (kind, who, limit) => {
    const now = clock.now();
    // With the numbers: what was taken under another limit is another bucket, for it would be read wrongly.
    const key = `${kind}/${limit.rps}/${limit.burst}#${digest(who)}`;
    const entry = entryOf(entries, key, maxEntries);
    if (now < entry.refusedUntil) return entry.refusedUntil - now;
    turnTo(entry, now, limit);
    entry.asked += 1;
    if (entry.free > 0) entry.free -= 1;
    else if (entry.tokens > 0) entry.tokens -= 1;
    else if (now >= pausedUntil) return lease(entry, limit, now);
    return 0;
  };
}

function turnTo(entry: Entry, now: number, limit: RateLimit): void {
  if (now >= entry.freeUntil) {
    entry.free = freeRequests(limit);
    entry.freeUntil = now + freePeriod;
  }
  if (now === entry.second) return;
  entry.askedBefore = now === entry.second + 1 ? entry.asked : 0;
  entry.asked = 0;
  entry.tokens = 0;
  entry.second = now;
}

function entryOf(entries: Map<string, Entry>, key: string, maxEntries: number): Entry {
  const known = entries.get(key);
  if (known) return known;
  const times = { free: 0, freeUntil: 0, second: 0, refusedUntil: 0, fullAt: 0 };
  const entry: Entry = { key, ...times, tokens: 0, asked: 0, askedBefore: 0 };
  putNewest(entries, key, entry, maxEntries);
  return entry;
}
