import type { AdminHandler } from '../admin-handler.ts';
import { clientNames } from '../client-names.ts';
import { revokedBeforeEach } from '../revoked-before.ts';
import { noConsent, readConsentKey } from './consent-key.ts';
import { consentRow } from './consent-row.ts';

/** `consents.get` */
export const getConsent: AdminHandler = async ({ key }, _who, deps) => {
  const names = readConsentKey(key);
  const { sub, clientId, resource } = names;
  const [consent, [revokedBefore = 0], nameOf] = await Promise.all([
    deps.consents.find(sub, clientId, resource),
    revokedBeforeEach([names], deps),
    clientNames([names], deps),
  ]);
  if (!consent || consent.updatedAt <= revokedBefore) throw noConsent();
  return consentRow(consent, nameOf, deps);
};
