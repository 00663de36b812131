import type { Consent } from '../../ports/consents.ts';
import { AdminRefusal } from '../admin-refusal.ts';

type Names = Pick<Consent, 'sub' | 'clientId' | 'resource'>;

/** The key of a consent: base64url of the JSON array of subject, client id and resource. */
export function writeConsentKey({ sub, clientId, resource }: Names): string {
  return Buffer.from(JSON.stringify([sub, clientId, resource])).toString('base64url');
}

/** @throws AdminRefusal not_found for what no consent is called */
export function readConsentKey(key: string): Names {
  const names = parsed(Buffer.from(key, 'base64url').toString());
  const [sub, clientId, resource, ...more] = Array.isArray(names) ? (names as readonly unknown[]) : [];
  if (isName(sub) && isName(clientId) && isName(resource) && more.length === 0) {
    const found = { sub, clientId, resource };
    // One consent has one key: no second spelling passes.
    if (writeConsentKey(found) === key) return found;
  }
  throw noConsent();
}

/** There is none, or it was taken back. */
export function noConsent(): AdminRefusal {
  return new AdminRefusal('not_found', 'There is no such consent. It may have been taken back.');
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isName(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}
