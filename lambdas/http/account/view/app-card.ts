import type { AppAccess, ConnectedApp } from '../../../core/account/connected-app.ts';
import type { Child, Html } from '../../pages/html.ts';
import { html } from '../../pages/html.ts';
import { evidence, row } from '../../pages/consent-rows.ts';
import { factsOf } from '../../pages/identity-list.ts';
import { plainText } from '../../pages/plain-text.ts';
import type { Links } from '../links.ts';
import { sessionRows } from './session-rows.ts';
import { when } from './when.ts';

/** One app: who it is, what it may do, since when, and the way to take that back. @param now epoch seconds */
export function appCard(app: ConnectedApp, links: Links, now: number): Html {
  const { sessions, lastUsedAt } = app;
  const count = sessions.length === 1 ? '1 session' : `${sessions.length} sessions`;
  return html`<li>
    <h3><bdi>${plainText(app.clientName)}</bdi>${badge(sessions.length > 0)}</h3>
    ${vouched(app)}
    <dl>
      ${app.access.map((access) => row(plainText(access.name), abilities(access)))}
      ${app.identityScopes.length > 0 && row('Knows of you', factsOf(app.identityScopes))}
      ${row('Since', when(app.since, now))}
      ${row('Last used', lastUsedAt === undefined ? 'Not lately' : when(lastUsedAt, now))}
      ${row('Client ID', html`<bdi class="small">${plainText(app.clientId, 120)}</bdi>`)}
    </dl>
    ${
      sessions.length > 0 &&
      html`<details>
        <summary>${count}</summary>
        ${sessionRows(sessions, links, now)}
      </details>`
    }
    <div class="buttons">
      <a class="button danger small" href="${links.takeBack(app.clientId)}"
        >Take back <span class="hidden">the access of ${plainText(app.clientName)}</span></a
      >
    </div>
  </li>`;
}

function badge(isConnected: boolean): Html {
  return isConnected
    ? html`<span class="badge good">Connected</span>`
    : html`<span class="badge">Not connected now</span>`;
}

function vouched(app: ConnectedApp): Child {
  if (app.evidence === undefined) return html`<p class="soft small">It is registered here no more</p>`;
  return evidence({ ...app, evidence: app.evidence });
}

function abilities({ scopes, resource, name }: AppAccess): Html {
  if (scopes.length > 0) {
    return html`<ul class="can">
      ${scopes.map((scope) => html`<li>${plainText(scope.description, 200)} <code>${scope.name}</code></li>`)}
    </ul>`;
  }
  return html`${name === resource ? 'A server that is gone' : 'May connect'}`;
}
