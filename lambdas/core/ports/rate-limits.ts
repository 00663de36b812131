import type { RateLimit } from '../rate-limit/rate-limit.ts';

/** Token buckets that all instances share. */
export interface RateLimits {
  /**
   * Takes up to `wanted` tokens, as many as there are. Every change is one conditional write whose condition holds
   * the limit, so parallel takers never get more together than the bucket had.
   * @param key `<class>/<rps>/<burst>#<base64url SHA-256 of who>`: never the raw value, which an attacker chooses
   * @param now epoch seconds
   * @param seen `fullAt` of an earlier answer, 0 if there was none: saves the write that cannot succeed
   */
  take(key: string, wanted: number, limit: RateLimit, now: number, seen: number): Promise<Taken>;
}

export interface Taken {
  /** Whole number; 0: there is none. */
  readonly tokens: number;
  /** Epoch microsecond at which the bucket is full again, as far as this taker knows. */
  readonly fullAt: number;
}
