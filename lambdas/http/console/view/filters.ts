import type { AdminOperation, InputField } from '../../../contract/admin/operation.ts';
import type { FieldProblem } from '../../../core/admin/admin-refusal.ts';
import type { Child, Html } from '../../pages/html.ts';
import { html } from '../../pages/html.ts';
import type { Links } from '../links.ts';
import { stateWord } from './badge.ts';
import { lineControl, selectControl } from './controls.ts';

export interface Filters {
  readonly operation: AdminOperation;
  /** What is asked for now, by name. */
  readonly given: Readonly<Record<string, string>>;
  readonly problems: readonly FieldProblem[];
  readonly links: Links;
}

/** Narrows a list; a GET, so that every view has an address. */
export function filterForm({ operation, given, problems, links }: Filters): Child {
  if (operation.input.length === 0) return undefined;
  const address = links.list(operation.resource);
  const isNarrowed = Object.keys(given).length > 0;
  return html`<form class="filters" method="get" action="${address}" role="search" aria-label="Filter">
    ${operation.input.map((field) => filter(field, given[field.name] ?? '', problems))}
    <div class="buttons">
      <button type="submit">Filter</button>
      ${isNarrowed && html`<a href="${address}">Clear</a>`}
    </div>
  </form>`;
}

function filter(field: InputField, value: string, problems: readonly FieldProblem[]): Html {
  const id = `filter-${field.name}`;
  const problem = problems.find((one) => one.field === field.name)?.message;
  const described = [field.hint && `${id}-hint`, problem && `${id}-problem`].filter(Boolean).join(' ');
  const attributes = html`id="${id}" name="${field.name}" ${described && html`aria-describedby="${described}"`}
  ${problem !== undefined && html`aria-invalid="true"`}`;
  const control = field.choices
    ? selectControl(field.choices, value, attributes, 'Any', stateWord)
    : lineControl(value, attributes);
  return html`<div class="field">
    <label for="${id}">${field.label}</label>
    ${control} ${field.hint && html`<p class="hint" id="${id}-hint">${field.hint}</p>`}
    ${problem !== undefined && html`<p class="problem" id="${id}-problem">${problem}</p>`}
  </div>`;
}
