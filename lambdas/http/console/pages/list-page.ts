import type { AdminOperation, AdminResource } from '../../../contract/admin/operation.ts';
import type { FieldProblem } from '../../../core/admin/admin-refusal.ts';
import type { Child, Html } from '../../pages/html.ts';
import { html } from '../../pages/html.ts';
import type { RowPage } from '../console-desk.ts';
import type { ConsolePage, Frame } from '../look/layout.ts';
import { operationOf } from '../table-of-operations.ts';
import { filterForm } from '../view/filters.ts';
import { pager } from '../view/pager.ts';
import { rows } from '../view/rows.ts';
import { buttonLink, pageHead } from './page-head.ts';

export interface ListDetails {
  readonly resource: AdminResource;
  readonly operation: AdminOperation;
  readonly page: RowPage;
  readonly filters: Readonly<Record<string, string>>;
  readonly isLater: boolean;
  /** Why there are no rows. @default nothing is wrong */
  readonly trouble?: { readonly message: string; readonly problems: readonly FieldProblem[] } | undefined;
  /** What was just done. */
  readonly flash: Child;
}

/** The rows of a resource, with filters on top and the way on below. */
export function listPage(details: ListDetails, frame: Frame): ConsolePage {
  const { resource, operation, filters, trouble, page } = details;
  const { links } = frame;
  const place = { resource: resource.id, filters, isLater: details.isLater, next: page.next };
  return {
    title: resource.title,
    current: resource.id,
    frame,
    content: html`${details.flash}
    ${pageHead({ title: resource.title, about: resource.about, actions: newButton(resource, frame) })}
    ${trouble && html`<div class="note bad" role="alert"><p>${trouble.message}</p></div>`}
    ${filterForm({ operation, given: filters, problems: trouble?.problems ?? [], links })}
    ${!trouble && listed(details, frame)} ${pager(place, links)}`,
  };
}

function listed({ resource, page, filters }: ListDetails, { links, access }: Frame): Html {
  if (page.items.length === 0) {
    return html`<div class="panel empty"><p>${nothing(resource, page, Object.keys(filters).length > 0)}</p></div>`;
  }
  const table = { resource, items: page.items, style: { links, short: true }, withActions: access === 'write' };
  return html`<div class="panel flush">${rows(table)}</div>`;
}

function nothing(resource: AdminResource, { next }: RowPage, isNarrowed: boolean): string {
  // What has ended is left out after it was counted, so a page may be empty in the middle.
  if (next !== undefined) return 'Nothing on this page. There may be more on the next one.';
  return isNarrowed ? 'Nothing fits this filter.' : `There is no ${resource.one} here yet.`;
}

function newButton(resource: AdminResource, { access, links }: Frame): readonly Html[] {
  const create = operationOf(resource.id, 'create');
  return create && access === 'write' ? [buttonLink(links.form(create), create.action ?? create.summary, 'main')] : [];
}
