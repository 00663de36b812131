import type { RateLimitSettings } from '../contract/rate-limit-settings.ts';
import type { Settings } from '../contract/settings.ts';
import type { RateLimiter } from '../core/rate-limit/rate-limiter.ts';
import { rateLimiter } from '../core/rate-limit/rate-limiter.ts';
import { documentClient } from './dynamodb/document-client.ts';
import { dynamoRateLimits } from './dynamodb/rate-limits.ts';
import { systemClock as clock } from './system.ts';

/** Where a failing table is told of. */
export interface OutageLog {
  error(message: string, fields: { readonly error: unknown }): void;
}

export interface InstanceRateLimiting {
  readonly limiter: RateLimiter;
  readonly limits: RateLimitSettings;
  readonly behindCloudFront: boolean;
}

/** The limiter of this instance over the table `table`; undefined where the settings have no limits. */
export function rateLimiting(
  { rateLimits: limits, edge }: Pick<Settings, 'rateLimits' | 'edge'>,
  table: string,
  log: OutageLog,
): InstanceRateLimiting | undefined {
  if (!limits) return undefined;
  const onOutage = (error: unknown) => log.error('rate limits are not counted', { error });
  const limiter = rateLimiter({ rateLimits: dynamoRateLimits(documentClient(), table), clock, onOutage });
  return { limiter, limits, behindCloudFront: edge === 'cloudfront' };
}
