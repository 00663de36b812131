import type { ResourceId } from '../../../contract/admin/operation.ts';
import type { Child } from '../../pages/html.ts';
import { html } from '../../pages/html.ts';
import type { Links } from '../links.ts';

export interface Place {
  readonly resource: ResourceId;
  /** By name, as they were asked for. */
  readonly filters: Readonly<Record<string, string>>;
  /** Whether this is not the first page. */
  readonly isLater: boolean;
  /** Cursor of the next page. */
  readonly next?: string | undefined;
}

/** Onwards and back to the start; lists have no number of pages. */
export function pager({ resource, filters, isLater, next }: Place, links: Links): Child {
  if (!isLater && next === undefined) return undefined;
  const onwards = next !== undefined && links.list(resource, { ...filters, cursor: next });
  return html`<nav class="pager" aria-label="Pages">
    ${isLater && html`<a class="button" href="${links.list(resource, filters)}">First page</a>`}
    ${onwards && html`<a class="button" rel="next" href="${onwards}">Next page</a>`}
  </nav>`;
}
