import type { OutputField, ResourceId } from '../../../contract/admin/operation.ts';
import type { Child, Html } from '../../pages/html.ts';
import { html } from '../../pages/html.ts';
import { plainText } from '../../pages/plain-text.ts';
import type { Row } from '../console-desk.ts';
import type { Links } from '../links.ts';
import { badge } from './badge.ts';
import { copyBlock, jsonText } from './copy-block.ts';
import { timeText } from './time-text.ts';

export interface ValueStyle {
  readonly links: Links;
  /** Shortens what is long, because there is more beside it. */
  readonly short: boolean;
}

/** Items of a list that a table shows. */
const shownItems = 3;

/** Whether a row has nothing for a field. */
export function isAbsent(value: unknown): boolean {
  return value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);
}

/** A value as its field says. Whatever a stranger wrote in it stays one line of text in its own direction. */
export function value(field: OutputField, row: Row, style: ValueStyle): Child {
  const given = row[field.name];
  if (isAbsent(given)) return html`<span class="soft">–</span>`;
  if (field.type === 'json') return copyBlock(field.label, jsonText(given));
  if (field.type === 'flag') return given === true ? 'Yes' : 'No';
  if (Array.isArray(given)) return list(given.map(String), style.short);
  const text = textOf(given);
  if (field.type === 'time') return timeText(text);
  if (field.type === 'state') return badge(text);
  if (field.type === 'integer') return text;
  return linked(field.of, text, field.type === 'code' ? code(text, style) : plain(text, style), style.links);
}

/** Text of a value that should be one; anything else as JSON, so that a mistake is seen and not hidden. */
export function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : (JSON.stringify(value) ?? '');
}

/** The value as a link to the row whose key it is. */
export function linked(of: ResourceId | undefined, key: string, content: Child, links: Links): Child {
  if (of === undefined) return content;
  // Programs that act by an API key stand in for people and clients in the audit trail.
  const apiKey = /^key:(.+)$/.exec(key)?.[1];
  const address = apiKey === undefined ? links.row(of, key) : links.row('keys', apiKey);
  return html`<a href="${address}">${content}</a>`;
}

function plain(text: string, { short }: ValueStyle): Html {
  return html`<bdi>${plainText(text, short ? 80 : 2000)}</bdi>`;
}

function code(text: string, { short }: ValueStyle): Html {
  return html`<code><bdi>${plainText(text, short ? 32 : 2000)}</bdi></code>`;
}

function list(items: readonly string[], short: boolean): Html {
  const shown = short ? items.slice(0, shownItems) : items;
  const more = items.length - shown.length;
  return html`<ul class="chips">
    ${shown.map(
      (item) =>
        html`<li>
          <code><bdi>${plainText(item, short ? 44 : 2000)}</bdi></code>
        </li>`,
    )}
    ${more > 0 && html`<li class="soft">and ${more} more</li>`}
  </ul>`;
}
