import type { SelfServiceDeps } from '../admin/deps.ts';
import { endPerson } from '../admin/revoke/end-person.ts';
import { digest } from '../digest.ts';

type Deps = Pick<SelfServiceDeps, 'revocations' | 'consentList' | 'interactions' | 'audit' | 'clock'>;

/** Ends all that a person has here: apps, API keys, and every browser. @param sessionCookie that of this browser */
export async function endOwnEverything(sub: string, sessionCookie: string, deps: Deps): Promise<void> {
  await endPerson(sub, { sub, place: 'account' }, deps);
  await deps.interactions.endSession(digest(sessionCookie));
}
