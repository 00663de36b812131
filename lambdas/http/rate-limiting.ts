import type { RateLimiter } from '../core/rate-limit/rate-limiter.ts';
import type { RateLimitSettings } from '../contract/rate-limit-settings.ts';

/** What the apps need to hold callers to their limits. */
export interface RateLimiting {
  readonly limiter: RateLimiter;
  readonly limits: RateLimitSettings;
  /** Whether CloudFront stands in front and so vouches for the viewer's address. */
  readonly behindCloudFront: boolean;
}

export interface RateLimited {
  /** @default none: nobody is limited */
  readonly rateLimiting?: RateLimiting | undefined;
}
