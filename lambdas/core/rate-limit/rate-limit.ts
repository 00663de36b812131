/** How often something may happen: a token bucket. */
export interface RateLimit {
  /** Requests a second in the long run; may be a fraction. */
  readonly rps: number;
  /** Requests at once after a pause; at least `rps` and at least 1. */
  readonly burst: number;
}
