import type { Context } from 'hono';
import { TooManyRequests } from '../core/rate-limit/too-many-requests.ts';
import { claimedClient } from './claimed-client.ts';
import { limitAddress } from './limit-address.ts';
import type { RateLimited } from './rate-limiting.ts';

/**
 * Counts a request to an endpoint for clients: of its address, and of the client at that address. Nobody has proved to
 * be the client yet, so a client id alone would let everybody use up the limit of somebody else (AS-73).
 * @throws TooManyRequests
 */
export async function limitClient(
  context: Context,
  request: Parameters<typeof claimedClient>[0],
  known: RateLimited,
): Promise<void> {
  const { rateLimiting } = known;
  if (!rateLimiting) return;
  // RFC 8628 §3.5: a device that polls takes any other code for the end.
  const isPolling = request.params.get('grant_type') === 'urn:ietf:params:oauth:grant-type:device_code';
  const code = isPolling ? 'slow_down' : 'temporarily_unavailable';
  const viewer = await limitAddress(context, 'address', known, code);
  const client = claimedClient(request) ?? '';
  const wait = await rateLimiting.limiter('client', `${viewer} ${client}`, rateLimiting.limits.client);
  if (wait > 0) throw new TooManyRequests(wait, code);
}
