import type { SelfServiceDeps } from '../deps.ts';
import type { Doer } from './doer.ts';
import { recordRevocation } from './doer.ts';
import { forgetConsents } from './forget-consents.ts';
import { markRevoked } from './mark-revoked.ts';

/**
 * Ends all that a client has of a person, at every server, and makes it ask again (F-D3). Idempotent.
 * @param of subject and client id
 */
export async function endConsent(
  { sub, clientId }: { readonly sub: string; readonly clientId: string },
  who: Doer,
  deps: Pick<SelfServiceDeps, 'revocations' | 'consentList' | 'audit' | 'clock'>,
): Promise<void> {
  await markRevoked({ kind: 'consent', sub, clientId }, deps);
  recordRevocation('consent', { who, owner: sub, clientId }, deps.audit);
  await forgetConsents({ person: sub, client: clientId }, deps);
}
