import type { ConsentView } from '../../core/authorize/consent-view.ts';
import type { Person } from '../../core/person.ts';
import { consentForm } from './consent-form.ts';
import { row, takeBackHint } from './consent-rows.ts';
import type { Child, Html } from './html.ts';
import { html } from './html.ts';
import type { Page } from './layout.ts';
import { plainText } from './plain-text.ts';

export interface ConsentDetails {
  readonly view: ConsentView;
  readonly person: Person;
  readonly transactionId: string;
  readonly csrf: string;
}

/** Asks the person: who asks, where the answer goes, what it opens (AS-28, AS-49). */
export function consentPage({ view, person, transactionId, csrf }: ConsentDetails): Page {
  const client = html`<bdi>${plainText(view.clientName, 48)}</bdi>`;
  const destination = row('Sends you to', html`<strong><bdi>${plainText(view.redirect.host, 120)}</bdi></strong>`);
  const more = html`<button class="quiet" type="submit" name="decision" value="switch">Use another account</button>`;
  return {
    title: 'Allow access?',
    content: html`${heading(view, client)} ${warning(view)}
    ${consentForm({ action: 'consent', transaction: transactionId, csrf, view, person, destination, more })}`,
    footer: html`<p>Allow only apps that you were about to connect yourself.</p>
      ${takeBackHint}`,
  };
}

function heading(view: ConsentView, client: Html): Html {
  if (view.servers.length === 0) {
    return html`<h1>Sign in to ${client}?</h1>
      <p class="soft">It will be told who you are. It gets no access to anything of yours.</p>`;
  }
  const servers = view.servers.map((server) => plainText(server.name)).join(' and ');
  return html`<h1>Allow ${client} to use ${servers}?</h1>
    <p class="soft">It will act for you, within what you allow below.</p>`;
}

function warning(view: ConsentView): Child {
  if (view.redirect.kind === 'loopback') {
    // AS-28: the document is public, so its id proves nothing about the program that uses it.
    const claim =
      view.verifiedHost === undefined
        ? 'This app says that it runs on this computer, but any program here could say so.'
        : 'The answer goes to a program on this computer, and any program here could claim to be this app.';
    return note(claim);
  }
  if (view.redirect.kind === 'private-use') {
    return note('The answer goes to an app installed on this device, and any app here could claim that address.');
  }
  return undefined;
}

function note(text: string): Html {
  return html`<div class="note" role="note">
    <p>
      <strong>Did you just start this yourself?</strong> ${text} Continue only if you began connecting from the app a
      moment ago.
    </p>
  </div>`;
}
