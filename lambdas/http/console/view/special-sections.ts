import type { AdminResource, OutputField } from '../../../contract/admin/operation.ts';
import type { Paste, ServerAnswer } from '../../../core/admin/servers/server-answer.ts';
import type { Child, Html } from '../../pages/html.ts';
import { html } from '../../pages/html.ts';
import { plainText } from '../../pages/plain-text.ts';
import type { Row } from '../console-desk.ts';
import { isAbsent } from './value.ts';
import { copyBlock, jsonText } from './copy-block.ts';

/** Structured members of a row, each under a heading of its own. @returns undefined if there is none */
export function specialSections(resource: AdminResource, row: Row): Child {
  const fields = resource.fields.filter(({ type, name }) => type === 'json' && !isAbsent(row[name]));
  if (fields.length === 0) return undefined;
  return fields.map(
    (field) =>
      html`<section aria-labelledby="section-${field.name}">
        <div class="subhead"><h2 id="section-${field.name}">${field.label}</h2></div>
        ${section(resource, field, row[field.name])}
      </section>`,
  );
}

function section(resource: AdminResource, { name, label }: OutputField, value: unknown): Html {
  if (resource.id === 'servers' && Array.isArray(value)) {
    if (name === 'paste') return pastes(value as readonly Paste[]);
    if (name === 'scopes') return scopes(value as ServerAnswer['scopes']);
  }
  return html`<div class="panel">${copyBlock(label, jsonText(value))}</div>`;
}

function pastes(lines: readonly Paste[]): Html {
  return html`<div class="panel pastes">
    ${lines.map(
      ({ client, where, text }) =>
        html`<div>
          <h3>${client}</h3>
          ${where && html`<p class="soft">${plainText(where, 300)}</p>`} ${copyBlock(`the text for ${client}`, text)}
        </div>`,
    )}
  </div>`;
}

function scopes(list: ServerAnswer['scopes']): Html {
  const codes = (items: readonly string[]) =>
    items.length === 0
      ? html`<span class="soft">–</span>`
      : html`<ul class="chips">
          ${items.map((item) => html`<li><code>${plainText(item, 120)}</code></li>`)}
        </ul>`;
  const columns = ['Scope', 'Meaning', 'Implies', 'Tools'];
  return html`<div class="panel flush">
    <table role="table">
      <thead role="rowgroup">
        <tr role="row">
          ${columns.map((column) => html`<th role="columnheader" scope="col">${column}</th>`)}
        </tr>
      </thead>
      <tbody role="rowgroup">
        ${list.map((scope) => {
          const meaning = html`${plainText(scope.description, 300)}${scope.optional && html` <span class="badge">Optional</span>`}`;
          const cells = [
            html`<code>${plainText(scope.name, 120)}</code>`,
            meaning,
            codes(scope.implies),
            codes(scope.tools),
          ];
          return html`<tr role="row">
            ${cells.map(
              (cell, at) =>
                html`<td role="cell" class="${at === 0 ? 'first' : ''}">
                  <span class="label" aria-hidden="true">${columns[at]}</span>
                  <div>${cell}</div>
                </td>`,
            )}
          </tr>`;
        })}
      </tbody>
    </table>
  </div>`;
}
