import type { ConsentView } from '../../core/authorize/consent-view.ts';
import type { Person } from '../../core/person.ts';
import type { Child, Html } from './html.ts';
import { html } from './html.ts';
import { plainText } from './plain-text.ts';

/** Who vouches for the name. */
export function evidence(view: Pick<ConsentView, 'evidence' | 'verifiedHost'>): Html {
  if (view.verifiedHost !== undefined) {
    const host = html`<strong><bdi>${plainText(view.verifiedHost, 120)}</bdi></strong>`;
    return html`<p class="soft small">Verified: published by ${host}, which chose this name</p>`;
  }
  return view.evidence === 'administrator'
    ? html`<p class="soft small">Set by your administrator</p>`
    : html`<p class="soft small">Self-asserted: the app chose this name, nobody checked it</p>`;
}

/** Who is signed in. */
export function personRow(person: Person): Html {
  const name = plainText(person.name ?? person.email ?? person.sub);
  const second = person.name && person.email ? html`<p class="soft small">${plainText(person.email)}</p>` : undefined;
  return html`<bdi>${name}</bdi>${second}`;
}

/** Addresses that the client named. */
export function links(view: Pick<ConsentView, 'clientUri' | 'policyUri' | 'tosUri'>): Child {
  const given = [
    { label: 'Website', uri: view.clientUri },
    { label: 'Privacy', uri: view.policyUri },
    { label: 'Terms', uri: view.tosUri },
  ];
  // As text: a link in our page would lend a stranger's address our name.
  return given.map(({ label, uri }) => uri && row(label, html`<bdi class="small">${plainText(uri, 120)}</bdi>`));
}

/** A line of a list of facts. */
export function row(term: string, description: Child): Html {
  return html`<dt>${term}</dt>
    <dd>${description}</dd>`;
}

/** Where what is allowed now can be taken back. The address is relative: these pages stand beside it. */
export const takeBackHint = html`<p>You can take it back at any time on <a href="account">your own page</a>.</p>`;
