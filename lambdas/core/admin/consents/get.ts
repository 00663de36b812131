import type { AdminHandler } from '../admin-handler.ts';
import { revokedBeforeEach } from '../revoked-before.ts';
import { noConsent, readConsentKey } from './consent-key.ts';
import { consentRows } from './consent-row.ts';

/** `consents.get` */
export const getConsent: AdminHandler = async ({ key }, _who, deps) => {
  const names = readConsentKey(key);
  const { sub, clientId, resource } = names;
  const [consent, [revokedBefore = 0]] = await Promise.all([
    deps.consents.find(sub, clientId, resource),
    revokedBeforeEach([names], deps),
  ]);
  if (!consent || consent.updatedAt <= revokedBefore) throw noConsent();
  const [row] = await consentRows([consent], deps);
  return { ...row };
};
