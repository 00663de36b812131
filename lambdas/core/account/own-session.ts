import { AdminRefusal } from '../admin/admin-refusal.ts';
import type { SelfServiceDeps } from '../admin/deps.ts';
import type { Grant } from '../grant.ts';

/**
 * A session of a person, in any state.
 * @param gid as the path has it
 * @throws AdminRefusal `not_found`, in the same words for another person's session as for none
 */
export async function ownSession(
  gid: string,
  sub: string,
  { grants }: Pick<SelfServiceDeps, 'grants'>,
): Promise<Grant> {
  const grant = /^[\w-]{1,64}$/.test(gid) ? await grants.find(gid) : undefined;
  // A code that no client has redeemed is no session yet.
  if (grant?.sub === sub && grant.state !== 'code') return grant;
  throw new AdminRefusal('not_found', 'There is no such session.');
}
