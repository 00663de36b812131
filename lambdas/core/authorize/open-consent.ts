import { askableResources } from '../admin/admin-resource.ts';
import { withinRights } from '../admin/within-rights.ts';
import type { Client } from '../client.ts';
import { OAuthError } from '../errors.ts';
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
 *   `other_browser`, `sign_in_ended`), invalid_client if the client is gone, access_denied without a right to what is asked
 */
export async function openConsent(
  asked: { readonly transactionId: string; readonly browserCookie?: string },
  deps: Pick<
    InteractionDeps,
    | 'interactions'
    | 'clients'
    | 'consents'
    | 'revocations'
    | 'clock'
    | 'servers'
    | 'issuer'
    | 'audit'
    | 'administrators'
  >,
): Promise<OpenedConsent> {
  const { transactionId, browserCookie = '' } = asked;
  const transaction = await pendingTransaction(transactionId, browserCookie, deps);
  const { step, person, startedAt } = transaction;
  if (step !== 'consent' || !person) throw unknownTransaction();
  const { client } = await waitingClient(transaction, deps);
  const request = withinRights(transaction.request, person, deps);
  if (request instanceof OAuthError) throw request;
  const { recalled } = await recallConsent(request, { sub: person.sub, startedAt }, deps);
  const view = consentView(request, client, askableResources(deps), recalled);
  return { view, client, person, csrf: consentCsrf(browserCookie, transactionId) };
}
