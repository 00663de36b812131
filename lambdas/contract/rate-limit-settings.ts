import * as z from 'zod/mini';

const rateLimit = z.object({
  /** Requests a second in the long run. */
  rps: z.number(),
  /** Requests at once after a pause. */
  burst: z.number(),
});

/** How often callers may ask (docs/decisions/0020). */
export const rateLimitSettings = z.object({
  /** Registrations and their management, of an address. */
  registration: rateLimit,
  /** Authorization requests and answers of the identity provider, of an address. */
  signIn: rateLimit,
  /** Requests of a client at one address to the endpoints for clients. */
  client: rateLimit,
  /** The same of all clients at one address. */
  address: rateLimit,
  /** Calls of an MCP server by one person through one client. */
  calls: rateLimit,
  /** The same for callers whose token carries the scope; of several, the one with the highest `rps`. */
  callsByScope: z.record(z.string(), rateLimit),
});

export type RateLimitSettings = z.infer<typeof rateLimitSettings>;
