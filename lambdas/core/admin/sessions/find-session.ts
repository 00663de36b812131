import type { Grant } from '../../grant.ts';
import type { GrantState } from '../../ports/grant-states.ts';
import { AdminRefusal } from '../admin-refusal.ts';
import type { AdminDeps } from '../deps.ts';

/**
 * A session in any state, with what may have ended it.
 * @param gid as the path has it
 * @throws AdminRefusal not_found; also for a code that no client has redeemed, which is no session yet
 */
export async function findSession(
  gid: string,
  { grantStates }: Pick<AdminDeps, 'grantStates'>,
): Promise<GrantState & { readonly grant: Grant }> {
  const state = /^[\w-]{1,64}$/.test(gid) ? await grantStates.look({ gid }) : undefined;
  const grant = state?.grant;
  if (state && grant && grant.state !== 'code') return { ...state, grant };
  throw noSession();
}

/** There is none, or it lives no more. */
export function noSession(): AdminRefusal {
  return new AdminRefusal('not_found', 'There is no such session. It may have ended.');
}
