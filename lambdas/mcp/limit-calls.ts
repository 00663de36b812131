import type { Caller } from '../contract/caller.ts';
import type { RateLimitSettings } from '../contract/rate-limit-settings.ts';
import type { RateLimiter } from '../core/rate-limit/rate-limiter.ts';

/** What `rateLimiting` of the adapters gives. */
export interface CallLimiting {
  readonly limiter: RateLimiter;
  readonly limits: Pick<RateLimitSettings, 'calls' | 'callsByScope'>;
}

/**
 * Counts a call of one person through one client at one server; not by grant or token, because who signs in again gets
 * new ones. The class is that of the scopes in the token.
 * @returns seconds to wait; 0: it may pass
 */
export async function limitCalls(caller: Caller, rateLimiting: CallLimiting | undefined): Promise<number> {
  if (!rateLimiting) return 0;
  const { limiter, limits } = rateLimiting;
  const { server, clientId, sub, scope } = caller;
  const classes = scope
    .split(' ')
    .flatMap((name) => (Object.hasOwn(limits.callsByScope, name) ? (limits.callsByScope[name] ?? []) : []));
  const limit = classes.toSorted((a, b) => b.rps - a.rps)[0] ?? limits.calls;
  return limiter('calls', JSON.stringify([server, clientId, sub]), limit);
}
