import type { DeviceView } from '../../core/device/open-device.ts';
import type { Person } from '../../core/person.ts';
import { consentForm } from './consent-form.ts';
import { row, takeBackHint } from './consent-rows.ts';
import { html } from './html.ts';
import type { Page } from './layout.ts';
import { plainText } from './plain-text.ts';

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
  const destination = row('Answer goes to', html`The device that showed you the code`);
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
      ${consentForm({ action: 'device', transaction: signInId, csrf, view, person, destination })}`,
    footer: html`<p>Allow only devices that you were about to connect yourself.</p>
      ${takeBackHint}`,
  };
}
