import type { SelfServiceDeps } from '../admin/deps.ts';
import { digest } from '../digest.ts';

type Deps = Pick<SelfServiceDeps, 'revocations' | 'interactions' | 'audit' | 'clock'>;

/** Ends all that a person has here: apps, API keys, and every browser. @param sessionCookie that of this browser */
export async function endOwnEverything(sub: string, sessionCookie: string, deps: Deps): Promise<void> {
  await deps.revocations.revoke({ kind: 'person', sub }, deps.clock.now());
  await deps.interactions.endSession(digest(sessionCookie));
  deps.audit.record({ type: 'account.person.revoked', sub });
}
