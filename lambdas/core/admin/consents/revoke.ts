import type { AdminHandler } from '../admin-handler.ts';
import { endConsent } from '../revoke/end-consent.ts';
import { noConsent, readConsentKey } from './consent-key.ts';

/** `consents.revoke`: all that the client has of the person, at every server. Done already, it is done. */
export const revokeConsent: AdminHandler = async ({ key }, who, deps) => {
  const { sub, clientId, resource } = readConsentKey(key);
  const [consent, revokedBefore] = await Promise.all([
    deps.consents.find(sub, clientId, resource),
    deps.revocations.latest([{ kind: 'consent', sub, clientId }]),
  ]);
  if (!consent && revokedBefore === 0) throw noConsent();
  // What came without a consent that is remembered, by a device for one, ends too.
  await endConsent({ sub, clientId }, who, deps);
  return {};
};
