import type { ApiKeyRow } from '../../../core/api-keys/api-key-row.ts';
import type { ProtectedServer } from '../../../core/protected-server.ts';
import { badge } from '../../console/view/badge.ts';
import { row } from '../../pages/consent-rows.ts';
import type { Child, Html } from '../../pages/html.ts';
import { html } from '../../pages/html.ts';
import { plainText } from '../../pages/plain-text.ts';
import type { Links } from '../links.ts';
import { whenIso } from './when.ts';

/** What cards of keys need to know. */
export interface KeyCards {
  readonly links: Links;
  readonly servers: readonly ProtectedServer[];
  /** Epoch seconds. */
  readonly now: number;
}

/** One API key: what it opens, until when, when it was used, and the way to revoke it. */
export function keyCard(key: ApiKeyRow, { links, servers, now }: KeyCards): Html {
  const isActive = key.state === 'active';
  const name = html`<bdi>${plainText(key.name)}</bdi>`;
  const time = (field: string): Child => typeof key[field] === 'string' && whenIso(key[field], now);
  const list = (field: string): readonly string[] => (Array.isArray(key[field]) ? (key[field] as string[]) : []);
  const nameOf = (id: string): string => servers.find((server) => server.id === id)?.name ?? id;
  return html`<li>
    <h3>${isActive ? name : html`<s>${name}</s>`} ${badge(key.state)}</h3>
    <dl>
      ${row('Key', html`<code>${key.prefix}_…</code>`)} ${row('Opens', list('servers').map(nameOf).join(', '))}
      ${row('May', codes(list('permissions')))} ${list('paths').length > 0 && row('Only below', codes(list('paths')))}
      ${key['actsAs'] !== key['owner'] && row('Acts as', 'A program of its own, not as you')}
      ${row('Made', time('createdAt'))}
      ${key.state !== 'revoked' && row(isActive ? 'Expires' : 'Expired', time('expiresAt') || 'Never')}
      ${key.state === 'revoked' && row('Revoked', time('revokedAt'))} ${row('Last used', lastUse(key, time))}
    </dl>
    ${
      isActive &&
      html`<div class="buttons">
        <a class="button danger small" href="${links.revokeKey(key.key)}"
          >Revoke <span class="hidden">the key ${plainText(key.name)}</span></a
        >
      </div>`
    }
  </li>`;
}

function lastUse(key: ApiKeyRow, time: (field: string) => Child): Child {
  const at = time('lastUsedAt');
  const from = key['lastUsedFrom'];
  if (!at) return 'Never';
  return html`${at}${typeof from === 'string' && html` from <code>${plainText(from)}</code>`}`;
}

function codes(texts: readonly string[]): Child {
  return texts.map((text, at) => html`${at > 0 && ' '}<code>${plainText(text, 200)}</code>`);
}
