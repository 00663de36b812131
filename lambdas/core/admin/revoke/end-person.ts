import type { SelfServiceDeps } from '../deps.ts';
import type { Doer } from './doer.ts';
import { recordRevocation } from './doer.ts';
import { forgetConsents } from './forget-consents.ts';
import { markRevoked } from './mark-revoked.ts';

/**
 * Ends everything of one person (F-D6): sessions, API keys, browsers, sign-ins that wait, and what was remembered. Whoever
 * may still sign in begins anew. Idempotent.
 */
export async function endPerson(
  sub: string,
  who: Doer,
  deps: Pick<SelfServiceDeps, 'revocations' | 'consentList' | 'audit' | 'clock'>,
): Promise<void> {
  await markRevoked({ kind: 'person', sub }, deps);
  recordRevocation('person', { who, owner: sub }, deps.audit);
  await forgetConsents({ person: sub }, deps);
}
