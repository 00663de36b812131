import type { Child } from '../../pages/html.ts';
import { html } from '../../pages/html.ts';

/** Onwards and back to the start. @param first address of the first page; false on it @param next of the next page */
export function pager(first: string | false, next: string | false): Child {
  if (first === false && next === false) return undefined;
  return html`<nav class="buttons" aria-label="Pages">
    ${first !== false && html`<a class="button small" href="${first}">First page</a>`}
    ${next !== false && html`<a class="button small" rel="next" href="${next}">Next page</a>`}
  </nav>`;
}
