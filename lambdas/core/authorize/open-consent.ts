import type { Client } from '../client.ts';
import type { Person } from '../person.ts';
import { consentCsrf } from './consent-csrf.ts';
import { consentView } from './consent-view.ts';
import type { ConsentView } from './consent-view.ts';
import type { InteractionDeps } from './interaction.ts';
import { pendingTransaction, unknownTransaction, waitingClient } from './pending-transaction.ts';
import { recallConsent } from './recall-consent.ts';

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
  asked: { readonly transactionId: string; readonly browserCookie?: string },
  deps: Pick<InteractionDeps, 'interactions' | 'clients' | 'consents' | 'clock' | 'servers' | 'issuer'>,
): Promise<OpenedConsent> {
  const { transactionId, browserCookie = '' } = asked;
  const transaction = await pendingTransaction(transactionId, browserCookie, deps);
  const { step, person, request } = transaction;
  if (step !== 'consent' || !person) throw unknownTransaction();
  const { client } = await waitingClient(transaction, deps);
  const view = consentView(request, client, deps.servers, await recallConsent(request, person.sub, deps));
  return { view, client, person, csrf: consentCsrf(browserCookie, transactionId) };
}
