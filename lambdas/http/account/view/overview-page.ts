import type { ConnectedApps } from '../../../core/account/connected-apps.ts';
import type { ApiKeyRow } from '../../../core/api-keys/api-key-row.ts';
import type { Page } from '../../../core/page.ts';
import type { Person } from '../../../core/person.ts';
import type { ProtectedServer } from '../../../core/protected-server.ts';
import type { Child, Html } from '../../pages/html.ts';
import { html } from '../../pages/html.ts';
import { plainText } from '../../pages/plain-text.ts';
import type { Links } from '../links.ts';
import { appCard } from './app-card.ts';
import { doneNote } from './done-note.ts';
import { keyCard } from './key-card.ts';

export interface Overview {
  readonly person: Person;
  readonly connected: ConnectedApps;
  readonly keys: Page<ApiKeyRow>;
  readonly servers: readonly ProtectedServer[];
  /** Whether any server takes API keys. */
  readonly takesKeys: boolean;
  readonly isAdministrator: boolean;
  /** What was just done, by its word in the address. */
  readonly done?: string | undefined;
  /** Epoch seconds. */
  readonly now: number;
}

/** A person's own page (F-C5): who they are here, what they connected, their keys, and how to end it. */
export function overviewPage(view: Overview, links: Links): Html {
  const { takesKeys, keys } = view;
  return html`${doneNote(view.done)} ${whoCard(view, links)} ${appsCard(view, links)}
  ${(takesKeys || keys.items.length > 0) && keysCard(view, links)} ${endCard(links)}`;
}

function whoCard({ person, isAdministrator }: Overview, links: Links): Html {
  const name = plainText(person.name ?? person.email ?? person.sub);
  const address = person.email !== undefined && person.email !== name ? ` (${plainText(person.email)})` : '';
  return html`<section class="card" aria-labelledby="top">
    <h1 id="top">Your access</h1>
    <p>
      Signed in as <strong><bdi>${name}</bdi></strong
      >${address}.
    </p>
    <div class="buttons">
      <a class="button small" href="${links.switchAccount}">Use another account</a>
      ${isAdministrator && html`<a class="button small" href="${links.console}">Open the console</a>`}
    </div>
  </section>`;
}

function appsCard({ connected, servers, now }: Overview, links: Links): Html {
  const { apps, next, hasMoreSessions } = connected;
  return html`<section class="card" aria-labelledby="apps">
    <h2 id="apps">Connected apps</h2>
    ${apps.length > 0 ? html`<p class="soft">They act for you. What you take back ends within a minute.</p>` : noApps(servers)}
    ${
      apps.length > 0 &&
      html`<ul class="items">
        ${apps.map((app) => appCard(app, links, now))}
      </ul>`
    }
    <p class="more">
      ${next !== undefined && html`<a href="${links.overview({ apps: next })}">More apps</a> · `}
      ${(apps.length > 0 || hasMoreSessions) && html`<a href="${links.sessions()}">All sessions</a>`}
    </p>
  </section>`;
}

function noApps(servers: readonly ProtectedServer[]): Html {
  return html`<p class="soft">Nothing is connected. To connect an app, give it one of these addresses:</p>
    <ul class="rows">
      ${servers.map((server) => html`<li><span>${plainText(server.name)}</span><code>${server.resource}</code></li>`)}
    </ul>`;
}

function keysCard({ keys, takesKeys, servers, now }: Overview, links: Links): Html {
  const about: Child =
    keys.items.length > 0
      ? 'For programs that no person attends. Those that ended stay here as history.'
      : 'You have none. A key lets a program use your servers without a browser, with the permissions that you choose.';
  return html`<section class="card" aria-labelledby="keys">
    <h2 id="keys">API keys</h2>
    <p class="soft">${about}</p>
    ${takesKeys && html`<div class="buttons"><a class="button" href="${links.newKey}">Make an API key</a></div>`}
    ${
      keys.items.length > 0 &&
      html`<ul class="items">
        ${keys.items.map((key) => keyCard(key, { links, servers, now }))}
      </ul>`
    }
    ${keys.next !== undefined && html`<p class="more"><a href="${links.keys(keys.next)}">Older keys</a></p>`}
  </section>`;
}

function endCard(links: Links): Html {
  return html`<section class="card" aria-labelledby="end">
    <h2 id="end">End everything</h2>
    <p class="soft">
      Lost a device, or in doubt? Disconnect every app, revoke every key and sign out in every browser at once.
    </p>
    <div class="buttons"><a class="button danger" href="${links.endEverything}">End everything of mine</a></div>
  </section>`;
}
