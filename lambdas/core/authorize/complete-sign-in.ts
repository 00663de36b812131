import { OAuthError } from '../errors.ts';
import { parameter } from '../parameters.ts';
import { answerFromMemory } from './answer-from-memory.ts';
import { errorUrl } from './answer-url.ts';
import type { InteractionDeps, NextStep } from './interaction.ts';
import { pendingTransaction, unknownTransaction, waitingClient } from './pending-transaction.ts';
import { startSession } from './start-session.ts';
import { verifiedPerson } from './verified-person.ts';

/** `sessionCookie`: value to set for `lifetimes.browserSession` seconds; absent if nobody signed in. */
export type SignInOutcome = NextStep & { readonly sessionCookie?: string };

/**
 * Takes the identity provider's answer, starts a browser session under a new id (session fixation) and goes on. If
 * the person was denied there, the outcome is `answered` with `access_denied` for the client.
 * @param answer query string of the callback
 * @param browser value of the binding cookie
 * @throws OAuthError for a page, never redirected: invalid_request (`reason` `unknown_transaction`,
 *   `other_browser` or `sign_in_ended`), invalid_client if the client is gone, temporarily_unavailable, server_error
 */
export async function completeSignIn(
  answer: URLSearchParams,
  browser: { readonly browserCookie?: string },
  deps: InteractionDeps,
): Promise<SignInOutcome> {
  const transaction = await pendingTransaction(parameter(answer, 'state'), browser.browserCookie, deps);
  const { id, request, gid, startedAt } = transaction;
  // A reloaded callback: the provider's answer counted already, the page still waits.
  if (transaction.step === 'consent') return { kind: 'consent', transactionId: id };
  const { client, redirect } = await waitingClient(transaction, deps);

  const person = await verifiedPerson(answer, transaction, deps);
  if (person instanceof OAuthError) {
    await deps.interactions.finish(id);
    const { reason } = person;
    deps.audit.record({ type: 'sign_in.refused', decision: 'refused', clientId: client.clientId, reason });
    return { kind: 'answered', url: errorUrl(redirect, person, deps.issuer) };
  }
  if (!(await deps.interactions.signedIn(id, person, deps.clock.now()))) throw unknownTransaction();
  const sessionCookie = await startSession(person, startedAt, deps);
  deps.audit.record({ type: 'person.signed_in', clientId: client.clientId, sub: person.sub });
  // Nothing of prompt=login is asked again here: the sign-in that it demanded has just happened.
  const url = await answerFromMemory({ request, client, redirect }, { person, startedAt }, gid, deps);
  if (url === undefined) return { kind: 'consent', transactionId: id, sessionCookie };
  await deps.interactions.finish(id);
  return { kind: 'answered', url, sessionCookie };
}
