import type { ApiKeyRow } from '../../../core/api-keys/api-key-row.ts';
import type { Page } from '../../../core/page.ts';
import type { Html } from '../../pages/html.ts';
import { html } from '../../pages/html.ts';
import { keyCard } from './key-card.ts';
import type { KeyCards } from './key-card.ts';
import { pager } from './pager.ts';

export interface KeysView {
  readonly keys: Page<ApiKeyRow>;
  /** Whether this is not the first page. */
  readonly isLater: boolean;
  readonly cards: KeyCards;
}

/** All API keys of a person, the newest first. */
export function keysPage({ keys, isLater, cards }: KeysView): Html {
  const { links } = cards;
  return html`<section class="card">
    <p class="crumb small"><a href="${links.overview()}">Your access</a></p>
    <h1>API keys</h1>
    <h2>Newest first, with those that ended</h2>
    ${
      keys.items.length > 0
        ? html`<ul class="items">
            ${keys.items.map((key) => keyCard(key, cards))}
          </ul>`
        : html`<p>None here.</p>`
    }
    ${pager(isLater && links.keys(), keys.next !== undefined && links.keys(keys.next))}
  </section>`;
}
