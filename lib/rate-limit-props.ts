/** A token bucket. */
export interface RateLimitRule {
  /** Requests a second in the long run; may be a fraction. */
  readonly rps: number;

  /** Requests at once after a pause; a whole number, at least `rps`. */
  readonly burst: number;
}

/** How often callers may ask; each limit holds over all function instances (docs/decisions/0020). */
export interface RateLimits {
  /**
   * Registrations of one address. Clients in a browser or in the cloud share few addresses.
   * @default { rps: 5, burst: 150 }
   */
  readonly registration?: RateLimitRule;

  /**
   * Requests of one address to the pages: authorization, sign-in, consent, `/account` and the console.
   * @default { rps: 20, burst: 300 }
   */
  readonly signIn?: RateLimitRule;

  /**
   * Requests of one client at one address to the endpoints for tokens, pushed requests and devices.
   * @default { rps: 20, burst: 200 }
   */
  readonly client?: RateLimitRule;

  /**
   * The same of all clients at one address together.
   * @default { rps: 50, burst: 500 }
   */
  readonly address?: RateLimitRule;

  /**
   * MCP calls of one person through one client at one server that has an `entry`, if that gives `rateLimiting` to
   * `serveMcp`. Before a `function` of yours stands API Gateway's own throttle.
   * @default { rps: 50, burst: 500 }
   */
  readonly calls?: RateLimitRule;

  /**
   * The same for callers whose token carries a scope, by scope name; of several, the one with the highest `rps`.
   * @default {} all have `calls`
   */
  readonly callsByScope?: Readonly<Record<string, RateLimitRule>>;
}

export interface RateLimitProps {
  /**
   * How often callers may ask; more is answered with 429 and `Retry-After`. `false` counts nobody.
   * @default {} the limits below
   */
  readonly rateLimits?: RateLimits | false;
}
