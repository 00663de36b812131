import type { AdminResource } from '../../../contract/admin/operation.ts';
import type { Child, Html } from '../../pages/html.ts';
import { html } from '../../pages/html.ts';
import { plainText } from '../../pages/plain-text.ts';
import type { Row } from '../console-desk.ts';
import { badge } from './badge.ts';
import { timeText } from './time-text.ts';
import type { ValueStyle } from './value.ts';
import { isAbsent, textOf, value } from './value.ts';

/** Events, one a line, each opening to everything that is known of it. */
export function eventList(resource: AdminResource, items: readonly Row[], { links }: ValueStyle): Html {
  const style = { links, short: false };
  return html`<ul class="events">
    ${items.map(
      (row) =>
        html`<li>
          <details>
            <summary>${line(row)}</summary>
            <dl class="facts">
              ${resource.fields
                .filter(({ name }) => !isAbsent(row[name]))
                .map(
                  (field) =>
                    html`<div>
                      <dt>${field.label}</dt>
                      <dd>
                        ${field.name === 'time' ? timeText(textOf(row['time']), 'second') : value(field, row, style)}
                      </dd>
                    </div>`,
                )}
            </dl>
            ${around(row, style)}
          </details>
        </li>`,
    )}
  </ul>`;
}

/** What is read at a glance. */
function line(row: Row): Html {
  const subject = [row['email'] ?? row['person'], row['clientName'] ?? shortId(row['client'])].filter(
    (part) => !isAbsent(part),
  );
  const what = [row['tool'], row['changed'], row['reason']].filter((part) => !isAbsent(part));
  return html`<span class="when">${timeText(textOf(row['time']), 'second')}</span>
    <span class="state">${badge(textOf(row['decision'] ?? 'allowed'))}</span>
    <span class="type"><code>${plainText(textOf(row['type']), 60)}</code></span>
    <span class="subject"><bdi>${subject.map((part) => plainText(textOf(part), 40)).join(' · ')}</bdi></span>
    <span class="what">${what.map((part) => plainText(textOf(part), 48)).join(' · ')}</span>`;
}

/** What else happened in the same request, session or to the same person. */
function around(row: Row, { links }: ValueStyle): Child {
  const ways = [
    ['trace', 'The whole request'],
    ['session', 'The whole session'],
    ['person', 'All of this person'],
    ['client', 'All of this client'],
  ] as const;
  const given = ways.filter(([name]) => !isAbsent(row[name]));
  if (given.length === 0) return undefined;
  return html`<p class="around">
    <span class="soft">Events of:</span> ${given.map(
      ([name, label]) => html`<a href="${links.list('audit', { [name]: textOf(row[name]) })}">${label}</a> `,
    )}
  </p>`;
}

/** Characters of an id by which it is told from others. */
const shownId = 14;

/** The host of a client that is known by the address of its metadata; of any other id the beginning. */
function shortId(client: unknown): unknown {
  if (typeof client !== 'string') return client;
  if (client.startsWith('https:') && URL.canParse(client)) return new URL(client).host;
  return client.length > shownId + 2 ? `${client.slice(0, shownId)}…` : client;
}
