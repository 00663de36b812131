import type { Client } from '../client.ts';
import type { Person } from '../person.ts';
import type { ConsentView } from './consent-view.ts';
import type { InteractionDeps } from './interaction.ts';

export interface OpenedConsent {
  readonly view: ConsentView;
  readonly client: Client;
  readonly person: Person;
  /** Value of the hidden field `csrf` of the form. */
  readonly csrf: string;
}

/**
 * Finds what the consent page shows, for the browser that began the request only.
 * @throws OAuthError for a page, never redirected: invalid_request (`reason` `unknown_transaction`,
 *   `other_browser`), invalid_client if the client is gone
 */
export async function openConsent(
  _asked: { readonly transactionId: string; readonly browserCookie?: string },
  _deps: Pick<InteractionDeps, 'interactions' | 'clients' | 'clock' | 'servers'>,
): Promise<OpenedConsent> {
  throw new Error('not yet');
}
