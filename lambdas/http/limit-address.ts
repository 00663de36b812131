import type { Context } from 'hono';
import type { OAuthErrorCode } from '../core/errors.ts';
import { TooManyRequests } from '../core/rate-limit/too-many-requests.ts';
import type { RateLimited } from './rate-limiting.ts';
import { whereabouts } from './whereabouts.ts';

/**
 * How many times a viewer's limit one connection may carry. Behind CloudFront the connection is an edge's, with many
 * viewers behind it. Whoever goes around CloudFront names any viewer he likes, and is held by this alone.
 */
const connectionShare = 10;

/**
 * Counts a request of an address in a class.
 * @param code what a refusal is called
 * @returns the network that was counted as the viewer's
 * @throws TooManyRequests
 */
export async function limitAddress(
  context: Context,
  kind: 'registration' | 'signIn' | 'address',
  { rateLimiting }: RateLimited,
  code: Extract<OAuthErrorCode, 'temporarily_unavailable' | 'slow_down'> = 'temporarily_unavailable',
): Promise<string> {
  const { viewer: named, connection } = whereabouts(context);
  // Without CloudFront the hop before the last is what the caller himself wrote.
  const viewer = rateLimiting?.behindCloudFront ? named : connection;
  if (!rateLimiting) return viewer;
  const { limiter, limits, behindCloudFront } = rateLimiting;
  const limit = limits[kind];
  const wide = { rps: limit.rps * connectionShare, burst: limit.burst * connectionShare };
  const wait =
    (await limiter(kind, viewer, limit)) ||
    (behindCloudFront ? await limiter(`${kind}-connection`, connection, wide) : 0);
  if (wait > 0) throw new TooManyRequests(wait, code);
  return viewer;
}
