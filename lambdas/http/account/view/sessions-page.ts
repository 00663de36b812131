import type { Grant } from '../../../core/grant.ts';
import type { Page } from '../../../core/page.ts';
import type { Html } from '../../pages/html.ts';
import { html } from '../../pages/html.ts';
import type { Links } from '../links.ts';
import { pager } from './pager.ts';
import { sessionRows } from './session-rows.ts';

export interface SessionsView {
  readonly sessions: Page<Grant>;
  readonly nameOf: (clientId: string) => string;
  /** Whether this is not the first page. */
  readonly isLater: boolean;
  /** Epoch seconds. */
  readonly now: number;
}

/** All sessions of a person, the newest first. */
export function sessionsPage({ sessions, nameOf, isLater, now }: SessionsView, links: Links): Html {
  const { items, next } = sessions;
  return html`<section class="card">
    <p class="crumb small"><a href="${links.overview()}">Your access</a></p>
    <h1>Sessions</h1>
    <p class="soft">Each time an app connects, a session begins. It ends when it is not used for long.</p>
    ${items.length > 0 ? sessionRows(items, links, now, nameOf) : html`<p>None here.</p>`}
    ${pager(isLater && links.sessions(), next !== undefined && links.sessions(next))}
  </section>`;
}
