import type { AdminOperation, AdminResource, OutputField } from '../../../contract/admin/operation.ts';
import type { Child, Html } from '../../pages/html.ts';
import { html } from '../../pages/html.ts';
import type { Row } from '../console-desk.ts';
import { operationOf } from '../table-of-operations.ts';
import { isOffered } from './offered.ts';
import { nameField, rowKey, rowName } from './row-name.ts';
import { struckThrough } from './struck-through.ts';
import type { ValueStyle } from './value.ts';
import { value } from './value.ts';
import { withoutSelf } from './without-self.ts';

export interface RowTable {
  readonly resource: AdminResource;
  readonly items: readonly Row[];
  readonly style: ValueStyle;
  /** Whether each row leads to taking it back. */
  readonly withActions: boolean;
}

/**
 * Rows side by side; on a phone each is a card. The roles are written out because a table that is laid out as blocks
 * stops being one for screen readers otherwise.
 */
export function rowTable({ resource, items, style, withActions }: RowTable): Html {
  const columns = resource.fields.filter((field) => field.listed);
  const revoke = withActions ? takenBackBy(resource) : undefined;
  return html`<table role="table">
    <caption class="hidden">
      ${resource.title}
    </caption>
    <thead role="rowgroup">
      <tr role="row">
        ${columns.map((column) => html`<th role="columnheader" scope="col">${column.label}</th>`)}
        ${revoke && html`<th role="columnheader" scope="col"><span class="hidden">Action</span></th>`}
      </tr>
    </thead>
    <tbody role="rowgroup">
      ${items.map(
        (row) =>
          html`<tr role="row">
            ${columns.map((column, at) => cell(resource, column, row, style, at === 0))}
            ${revoke && html`<td role="cell" class="action">${actionOf(resource, revoke, row, style)}</td>`}
          </tr>`,
      )}
    </tbody>
  </table>`;
}

/** Ending a single access is offered in the list; whatever weighs more is a page away. */
function takenBackBy(resource: AdminResource): AdminOperation | undefined {
  const revoke = operationOf(resource.id, 'revoke');
  return revoke?.method === 'DELETE' ? revoke : undefined;
}

function actionOf(resource: AdminResource, revoke: AdminOperation, row: Row, { links }: ValueStyle): Child {
  const key = rowKey(resource, row);
  if (key === undefined || !isOffered(revoke, row)) return undefined;
  return html`<a href="${links.form(revoke, key)}"
    >Revoke<span class="hidden"> ${resource.one} ${rowName(resource, row)}</span></a
  >`;
}

function cell(resource: AdminResource, column: OutputField, row: Row, style: ValueStyle, isFirst: boolean): Html {
  return html`<td role="cell" class="${isFirst ? `first ${column.type}` : column.type}">
    <span class="label" aria-hidden="true">${column.label}</span>
    <div>${isFirst ? opener(resource, column, row, style) : value(withoutSelf(resource, column), row, style)}</div>
  </td>`;
}

/** The first cell leads to the row. */
function opener(resource: AdminResource, column: OutputField, row: Row, style: ValueStyle): Child {
  const key = rowKey(resource, row);
  const name = nameField(resource, row);
  const { of: _, ...plain } = column;
  const shown = value(plain, row, style);
  if (key === undefined || !operationOf(resource.id, 'get')) return shown;
  const content =
    row[column.name] === undefined ? html`<code>${rowName(resource, { [name]: row[name] })}</code>` : shown;
  return html`<a href="${style.links.row(resource.id, key)}">${struckThrough(content, row)}</a>`;
}
