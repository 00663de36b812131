import type { OperationId } from '../../contract/admin/index.ts';
import type { Child } from '../pages/html.ts';
import { html } from '../pages/html.ts';

/** What is told after a change, by the operation: the address carries its name and no text of anybody. */
const done: Partial<Record<OperationId, string>> = {
  'sessions.revoke': 'The session was revoked. Its access tokens are refused within 60 seconds.',
  'consents.revoke': 'The consent was revoked. What came of it is refused within 60 seconds.',
  'people.revoke': 'Everything of this person was ended. All of it is refused within 60 seconds.',
  'clients.update': 'The client was saved.',
  'clients.revoke': 'All access of the client was ended. Its tokens are refused within 60 seconds.',
  'clients.delete': 'The client was deleted. Its tokens are refused within 60 seconds.',
  'keys.revoke': 'The API key was revoked. Programs that use it are refused within 60 seconds.',
  'signing-keys.retire': 'The signing key was retired: it signs no more.',
};

/** @param code `done` of the query */
export function flash(code: string | null): Child {
  const text = code !== null && Object.hasOwn(done, code) ? done[code as OperationId] : undefined;
  return text !== undefined && html`<p class="note good" role="status">${text}</p>`;
}
