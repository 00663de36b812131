import type { ConsentView } from '../../core/authorize/consent-view.ts';
import type { Person } from '../../core/person.ts';
import { evidence, links, personRow, row } from './consent-rows.ts';
import { detailList } from './detail-list.ts';
import type { Child, Html } from './html.ts';
import { html } from './html.ts';
import { identityList } from './identity-list.ts';
import { plainText } from './plain-text.ts';
import { scopeList } from './scope-list.ts';

export interface ConsentForm {
  /** Where the answer is posted, relative to the page. */
  readonly action: 'consent' | 'device';
  /** Id of what waits for the answer. */
  readonly transaction: string;
  readonly csrf: string;
  readonly view: Omit<ConsentView, 'redirect'>;
  readonly person: Person;
  /** The row that says where the answer goes. */
  readonly destination: Html;
  /** Further buttons. @default none */
  readonly more?: Child;
}

/** What every consent page shows and asks, whichever way the request came: who asks, what it opens, yes or no (D7). */
export function consentForm({ action, transaction, csrf, view, person, destination, more }: ConsentForm): Html {
  return html`<form method="post" action="${action}">
    <input type="hidden" name="transaction" value="${transaction}" />
    <input type="hidden" name="csrf" value="${csrf}" />
    <h2>Who asks</h2>
    <dl>
      ${row('App', html`<bdi>${plainText(view.clientName)}</bdi>${evidence(view)}`)}
      ${row('Client ID', html`<bdi class="small">${plainText(view.clientId, 120)}</bdi>`)} ${destination}
      ${view.servers.map((server) => row('Opens', html`<bdi class="small">${plainText(server.resource, 200)}</bdi>`))}
      ${row('Signed in as', personRow(person))} ${links(view)}
    </dl>
    ${identityList(view)} ${view.servers.map((server) => scopeList(server, view.servers.length > 1))}
    ${detailList(view.authorizationDetails)}
    <div class="actions">
      <button class="main" type="submit" name="decision" value="allow">Allow</button>
      <button type="submit" name="decision" value="deny">Cancel</button>
      ${more}
    </div>
  </form>`;
}
