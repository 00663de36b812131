import type { Grant } from '../../grant.ts';
import type { SelfServiceDeps } from '../deps.ts';
import type { Doer } from './doer.ts';
import { recordRevocation } from './doer.ts';

/**
 * Ends a session: its refresh token at once, its access tokens within `grantCache` seconds (F-D1). The mark is its own
 * state. Idempotent.
 */
export async function endSession(
  { gid, sub, clientId, state }: Pick<Grant, 'gid' | 'sub' | 'clientId' | 'state'>,
  who: Doer,
  deps: Pick<SelfServiceDeps, 'grants' | 'audit' | 'clock' | 'lifetimes'>,
): Promise<void> {
  if (state === 'revoked') return;
  await deps.grants.revoke(gid, deps.clock.now() + deps.lifetimes.accessToken);
  recordRevocation('session', { who, owner: sub, gid, clientId }, deps.audit);
}
