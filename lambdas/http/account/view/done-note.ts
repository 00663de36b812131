import type { Child } from '../../pages/html.ts';
import { html } from '../../pages/html.ts';

/** What a person just did, by its word in the address; an unknown word says nothing. */
const words = {
  app: 'Taken back. The app loses its access within a minute, and must ask you again.',
  session: 'The session is over. Its access ends within a minute.',
  key: 'The key is revoked. Programs that use it are refused within a minute.',
} as const;

export type Done = keyof typeof words;

/** The line on top of a page that says so, also to screen readers. */
export function doneNote(done: string | undefined): Child {
  if (done === undefined || !Object.hasOwn(words, done)) return undefined;
  return html`<p class="note good" role="status">${words[done as Done]}</p>`;
}
