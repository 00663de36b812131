import type { SelfServiceDeps } from '../admin/deps.ts';
import { ownSession } from './own-session.ts';

type Deps = Pick<SelfServiceDeps, 'grants' | 'audit' | 'clock' | 'lifetimes'>;

/**
 * Ends one session of a person; idempotent.
 * @throws AdminRefusal `not_found` if it is not theirs
 */
export async function endOwnSession(gid: string, sub: string, deps: Deps): Promise<void> {
  const grant = await ownSession(gid, sub, deps);
  if (grant.state === 'revoked') return;
  await deps.grants.revoke(gid, deps.clock.now() + deps.lifetimes.accessToken);
  deps.audit.record({ type: 'account.session.revoked', sub, gid, clientId: grant.clientId });
}
