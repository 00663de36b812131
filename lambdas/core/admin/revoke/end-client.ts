import { clientMemory } from '../../cached-clients.ts';
import type { SelfServiceDeps } from '../deps.ts';
import type { Doer } from './doer.ts';
import { recordRevocation } from './doer.ts';
import { markRevoked } from './mark-revoked.ts';

/**
 * Ends all that a client has, of everybody; people are asked again when it comes back. Its registration stays. One write,
 * however many people use it. Idempotent.
 * @param isGone whether it was deleted and its id never comes back: what it still gets in the minute in which instances
 *   remember it is dead too. @default false
 */
export async function endClient(
  clientId: string,
  who: Doer,
  deps: Pick<SelfServiceDeps, 'revocations' | 'audit' | 'clock'>,
  isGone = false,
): Promise<void> {
  await markRevoked({ kind: 'client', clientId }, deps, isGone ? clientMemory : 0);
  recordRevocation('client', { who, clientId }, deps.audit);
}
