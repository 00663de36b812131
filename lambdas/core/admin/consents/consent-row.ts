import type { Consent } from '../../ports/consents.ts';
import type { AdminAnswer } from '../admin-handler.ts';
import type { ClientNames } from '../client-names.ts';
import type { AdminDeps } from '../deps.ts';
import { isoTime } from '../iso-time.ts';
import { serverIds } from '../server-ids.ts';
import { writeConsentKey } from './consent-key.ts';

/** A row of `consents` in the table of operations. */
export function consentRow(
  consent: Consent,
  nameOf: ClientNames,
  deps: Pick<AdminDeps, 'issuer' | 'servers'>,
): AdminAnswer {
  return {
    consent: writeConsentKey(consent),
    clientName: nameOf(consent.clientId),
    person: consent.sub,
    server: serverIds(deps)(consent.resource),
    scopes: consent.scopes,
    updatedAt: isoTime(consent.updatedAt),
    client: consent.clientId,
    redirectUris: consent.redirectUris,
  };
}
