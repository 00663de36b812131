import type { SelfServiceDeps } from '../admin/deps.ts';
import { endSession } from '../admin/revoke/end-session.ts';
import { ownSession } from './own-session.ts';

/**
 * Ends one session of a person; idempotent.
 * @throws AdminRefusal `not_found` if it is not theirs
 */
export async function endOwnSession(
  gid: string,
  sub: string,
  deps: Pick<SelfServiceDeps, 'grants' | 'audit' | 'clock' | 'lifetimes'>,
): Promise<void> {
  await endSession(await ownSession(gid, sub, deps), { sub, place: 'account' }, deps);
}
