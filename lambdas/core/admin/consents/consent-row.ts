import type { Consent } from '../../ports/consents.ts';
import type { AdminAnswer } from '../admin-handler.ts';
import { clientNames } from '../client-names.ts';
import type { AdminDeps } from '../deps.ts';
import { isoTime } from '../iso-time.ts';
import { serverIds } from '../server-ids.ts';
import { writeConsentKey } from './consent-key.ts';

/** Rows of some consents, at most 100: the members of `consents` in the table of operations; one read. */
export async function consentRows(
  consents: readonly Consent[],
  deps: Pick<AdminDeps, 'clientList' | 'clock' | 'issuer' | 'servers'>,
): Promise<readonly AdminAnswer[]> {
  const nameOf = await clientNames(
    consents.map(({ clientId }) => clientId),
    deps,
  );
  const idOf = serverIds(deps);
  return consents.map((consent) => ({
    consent: writeConsentKey(consent),
    clientName: nameOf(consent.clientId),
    person: consent.sub,
    server: idOf(consent.resource),
    scopes: consent.scopes,
    updatedAt: isoTime(consent.updatedAt),
    client: consent.clientId,
    redirectUris: consent.redirectUris,
  }));
}
