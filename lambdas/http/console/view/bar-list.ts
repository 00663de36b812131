import type { Html } from '../../pages/html.ts';
import { html } from '../../pages/html.ts';
import { plainText } from '../../pages/plain-text.ts';
import { number } from './number.ts';

export interface Bar {
  readonly name: string;
  readonly count: number;
  /** Small, behind the name. */
  readonly detail?: string;
  /** Where the name leads. @default nowhere */
  readonly address?: string;
}

/** Names with numbers, and how they compare. @param nothing what is said of an empty list */
export function barList(title: string, bars: readonly Bar[], nothing: string): Html {
  const most = Math.max(1, ...bars.map(({ count }) => count));
  return html`<section class="panel">
    <h2>${title}</h2>
    ${
      bars.length === 0
        ? html`<p class="soft">${nothing}</p>`
        : html`<ol class="bars">
            ${bars.map((bar) => item(bar, most))}
          </ol>`
    }
  </section>`;
}

function item({ name, count, detail, address }: Bar, most: number): Html {
  const text = html`<bdi>${plainText(name, 48)}</bdi>`;
  return html`<li>
    <span class="name"
      >${address === undefined ? text : html`<a href="${address}">${text}</a>`}${detail !== undefined && html` <span class="soft">${plainText(detail, 32)}</span>`}</span
    >
    <span class="count">${number(count)}</span>
    <svg class="bar" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
      <rect width="100" height="4" class="track" />
      <rect width="${Math.max(1, Math.round((count / most) * 100))}" height="4" class="fill" />
    </svg>
  </li>`;
}
