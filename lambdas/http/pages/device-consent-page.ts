import type { DeviceView } from '../../core/device/open-device.ts';
import type { Person } from '../../core/person.ts';
import { evidence, links, personRow, row } from './consent-rows.ts';
import { detailList } from './detail-list.ts';
import type { Html } from './html.ts';
import { html } from './html.ts';
import { identityList } from './identity-list.ts';
import type { Page } from './layout.ts';
import { plainText } from './plain-text.ts';
import { scopeList } from './scope-list.ts';

export interface DeviceConsentDetails {
  readonly view: DeviceView;
  readonly person: Person;
  readonly signInId: string;
  readonly csrf: string;
}

/** Asks the person about a device: who asks, what it opens, and whose device it is (RFC 8628 §5.4). */
export function deviceConsentPage({ view, person, signInId, csrf }: DeviceConsentDetails): Page {
  const client = html`<bdi>${plainText(view.clientName, 48)}</bdi>`;
  const servers = view.servers.map((server) => plainText(server.name)).join(' and ');
  return {
    title: 'Allow access on your device?',
    content: html`<h1>Allow ${client} on your device to use ${servers}?</h1>
      <p class="soft">It will act for you, within what you allow below.</p>
      <div class="note" role="note">
        <p>
          <strong>Is it your own device?</strong> If somebody sent you the code or the link, choose Cancel: with Allow,
          whoever holds that device gets your access.
        </p>
      </div>
      <form method="post" action="device">
        <input type="hidden" name="transaction" value="${signInId}" />
        <input type="hidden" name="csrf" value="${csrf}" />
        ${facts(view, person)} ${identityList(view)}
        ${view.servers.map((server) => scopeList(server, view.servers.length > 1))}
        ${detailList(view.authorizationDetails)}
        <div class="actions">
          <button class="main" type="submit" name="decision" value="allow">Allow</button>
          <button type="submit" name="decision" value="deny">Cancel</button>
        </div>
      </form>`,
    footer: html`<p>Allow only devices that you were about to connect yourself.</p>`,
  };
}

function facts(view: DeviceView, person: Person): Html {
  return html`<h2>Who asks</h2>
    <dl>
      ${row('App', html`<bdi>${plainText(view.clientName)}</bdi>${evidence(view)}`)}
      ${row('Client ID', html`<bdi class="small">${plainText(view.clientId, 120)}</bdi>`)}
      ${row('Answer goes to', html`The device that showed you the code`)}
      ${view.servers.map((server) => row('Opens', html`<bdi class="small">${plainText(server.resource, 200)}</bdi>`))}
      ${row('Signed in as', personRow(person))} ${links(view)}
    </dl>`;
}
