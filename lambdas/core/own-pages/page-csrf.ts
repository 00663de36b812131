import { mac } from '../digest.ts';

/**
 * The hidden field of the forms on pages for people who are signed in: only a page that this server made for this
 * session has it. It needs no storage, because the cookie is its key.
 */
export function pageCsrf(sessionCookie: string): string {
  return mac(sessionCookie, 'csrf|own-pages');
}
