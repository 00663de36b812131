import type { ApiKeyRow } from '../../../core/api-keys/api-key-row.ts';
import type { Page } from '../../../core/page.ts';
import type { Html } from '../../pages/html.ts';
import { html } from '../../pages/html.ts';
import type { Links } from '../links.ts';
import { keyCard } from './key-card.ts';
import { pager } from './pager.ts';

export interface KeysView {
  readonly keys: Page<ApiKeyRow>;
  /** Whether this is not the first page. */
  readonly isLater: boolean;
  /** Epoch seconds. */
  readonly now: number;
}

/** All API keys of a person, the newest first. */
export function keysPage({ keys, isLater, now }: KeysView, links: Links): Html {
  return html`<section class="card">
    <p class="small"><a href="${links.overview()}">Your access</a></p>
    <h1>API keys</h1>
    ${
      keys.items.length > 0
        ? html`<ul class="items">
            ${keys.items.map((key) => keyCard(key, links, now))}
          </ul>`
        : html`<p>None here.</p>`
    }
    ${pager(isLater && links.keys(), keys.next !== undefined && links.keys(keys.next))}
  </section>`;
}
