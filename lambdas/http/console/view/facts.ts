import type { OutputField } from '../../../contract/admin/operation.ts';
import type { Child, Html } from '../../pages/html.ts';
import { html } from '../../pages/html.ts';
import type { Row } from '../console-desk.ts';
import { distance } from './time-text.ts';
import type { ValueStyle } from './value.ts';
import { isAbsent, textOf, value } from './value.ts';

/** Fields of a row, one under the other; what the row does not have is left out. @param now epoch seconds */
export function facts(fields: readonly OutputField[], row: Row, style: ValueStyle, now: number): Html {
  return html`<dl class="facts">
    ${fields
      .filter((field) => !isAbsent(row[field.name]))
      .map(
        (field) =>
          html`<div>
            <dt>${field.label}</dt>
            <dd>${value(field, row, style)}${howFar(field, row, now)}</dd>
          </div>`,
      )}
  </dl>`;
}

function howFar({ type, name }: OutputField, row: Row, now: number): Child {
  const words = type === 'time' ? distance(textOf(row[name]), now) : undefined;
  return words !== undefined && html` <span class="soft">${words}</span>`;
}
