import type { AdminResource, OutputField } from '../../../contract/admin/operation.ts';
import type { Child, Html } from '../../pages/html.ts';
import { html } from '../../pages/html.ts';
import type { Row } from '../console-desk.ts';
import type { Links } from '../links.ts';
import { withoutSelf } from './without-self.ts';
import { distance } from './time-text.ts';
import type { ValueStyle } from './value.ts';
import { isAbsent, textOf, value } from './value.ts';

export interface Facts {
  readonly resource: AdminResource;
  readonly row: Row;
  /** Which of them. @default all but the structured ones */
  readonly fields?: readonly OutputField[];
  readonly links: Links;
  /** Epoch seconds. */
  readonly now: number;
}

/** Fields of a row, one under the other; what the row does not have is left out. */
export function facts({ resource, row, fields = resource.fields, links, now }: Facts): Html {
  const style: ValueStyle = { links, short: false };
  return html`<dl class="facts">
    ${fields
      .filter(({ type }) => type !== 'json')
      .filter((field) => !isAbsent(row[field.name]))
      .map(
        (field) =>
          html`<div>
            <dt>${field.label}</dt>
            <dd>${value(withoutSelf(resource, field), row, style)}${howFar(field, row, now)}</dd>
          </div>`,
      )}
  </dl>`;
}

function howFar({ type, name }: OutputField, row: Row, now: number): Child {
  const words = type === 'time' ? distance(textOf(row[name]), now) : undefined;
  return words !== undefined && html` <span class="soft">${words}</span>`;
}
