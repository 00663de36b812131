import { mac } from '../digest.ts';

/**
 * The hidden field of the consent form: only a page that this server made for this browser and transaction has it
 * (AS-49). It needs no storage, because the cookie is its key.
 */
export function consentCsrf(browserCookie: string, transactionId: string): string {
  return mac(browserCookie, `csrf|${transactionId}`);
}
