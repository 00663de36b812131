import type { AdminOperation, AdminResource } from '../../../contract/admin/operation.ts';
import type { FieldProblem } from '../../../core/admin/admin-refusal.ts';
import type { ProtectedServer } from '../../../core/protected-server.ts';
import type { Child, Html } from '../../pages/html.ts';
import { html } from '../../pages/html.ts';
import type { Row } from '../console-desk.ts';
import type { ConsolePage, Frame } from '../look/layout.ts';
import { isOfRow } from '../table-of-operations.ts';
import { facts } from '../view/facts.ts';
import type { FormValues } from '../form-values.ts';
import { inputField } from '../view/input-field.ts';
import { fieldsHere, firstValues } from '../view/new-form.ts';
import { offersOf } from '../view/offers.ts';
import { problemSummary } from '../view/problem-summary.ts';
import { rowName } from '../view/row-name.ts';
import { isGrave } from './details-page.ts';
import { pageHead } from './page-head.ts';

export interface FormDetails {
  readonly resource: AdminResource;
  readonly operation: AdminOperation;
  readonly key: string;
  /** What it is about; empty for what does not exist yet. */
  readonly row: Row;
  /** @default what stands in a new form */
  readonly values?: FormValues | undefined;
  readonly servers: readonly ProtectedServer[];
  readonly csrf: string;
  readonly idempotencyKey: string;
  /** Epoch seconds. */
  readonly now: number;
  /** Why it was not done. @default it was not tried */
  readonly trouble?: { readonly message: string; readonly problems: readonly FieldProblem[] } | undefined;
  /** What somebody else stored meanwhile, by field. @default nobody did */
  readonly stored?: FormValues | undefined;
}

/** Asks for what an operation needs, or whether it is meant. */
export function formPage(details: FormDetails, frame: Frame): ConsolePage {
  const { resource, operation, key, trouble } = details;
  const isQuestion = operation.input.every(({ hidden }) => hidden);
  const action = operation.action ?? operation.summary;
  const title = isQuestion ? `${action}?` : action;
  const back = isOfRow(operation) ? frame.links.row(resource.id, key) : frame.links.list(resource.id);
  return {
    title: trouble ? `Problem: ${title}` : title,
    current: resource.id,
    frame,
    content: html`<p class="crumb">${crumbs(details, frame)}</p>
      ${trouble && problemSummary(trouble.message, trouble.problems, operation)}
      ${pageHead({ title, ...(isOfRow(operation) ? {} : { about: `${operation.summary}.` }) })}
      <form
        class="panel form"
        method="post"
        action="${frame.links.form(operation, isOfRow(operation) ? key : undefined)}"
        novalidate
      >
        ${isOfRow(operation) && what(details, frame)}
        ${operation.warning && html`<div class="note" role="note"><p>${operation.warning}</p></div>`}
        <input type="hidden" name="csrf" value="${details.csrf}" />
        ${operation.answers === 'created' && html`<input type="hidden" name="idempotency_key" value="${details.idempotencyKey}" />`}
        ${fieldsHere(operation.input, details.servers, details.values).map((field) =>
          inputField({
            field,
            values: details.values ? (details.values[field.name] ?? []) : firstValues(field, details.servers),
            problem: trouble?.problems.find((problem) => problem.field === field.name)?.message,
            stored: differing(details, field.name),
            offers: field.offers && offersOf(field.offers, details.servers),
          }),
        )}
        <div class="submit">
          <button class="${isGrave(operation) ? 'danger' : 'main'}" type="submit">${submitLabel(operation)}</button>
          <a class="button" href="${back}">Cancel</a>
        </div>
      </form>`,
  };
}

function submitLabel({ verb, action, summary }: AdminOperation): string {
  return verb === 'update' ? 'Save' : (action ?? summary);
}

function crumbs({ resource, operation, key, row }: FormDetails, { links }: Frame): Child {
  const list = html`<a href="${links.list(resource.id)}">${resource.title}</a>`;
  if (!isOfRow(operation)) return list;
  return html`${list} / <a href="${links.row(resource.id, key)}"><bdi>${rowName(resource, row)}</bdi></a>`;
}

/** What it is about, as the list shows it. A form that changes the row shows the values in its fields. */
function what({ resource, operation, row, now }: FormDetails, { links }: Frame): Html | false {
  if (operation.verb === 'update') return false;
  const fields = resource.fields.filter(({ listed, name }) => listed || name === resource.key || name === 'email');
  return facts({ resource, row, fields, links, now });
}

function differing({ stored, values }: FormDetails, name: string): readonly string[] | undefined {
  const theirs = stored?.[name];
  return theirs === undefined || theirs.join('\n') === (values?.[name] ?? []).join('\n') ? undefined : theirs;
}
