import { digest } from '../digest.ts';
import { OAuthError } from '../errors.ts';
import { parameter } from '../parameters.ts';
import type { Person } from '../person.ts';
import { IdentityProviderError } from '../ports/identity-provider.ts';
import type { LoginTransaction } from '../ports/interactions.ts';
import { answerFromMemory } from './answer-from-memory.ts';
import { errorUrl } from './answer-url.ts';
import type { InteractionDeps, NextStep } from './interaction.ts';
import { pendingTransaction, unknownTransaction, waitingClient } from './pending-transaction.ts';

/** `sessionCookie`: value to set for `lifetimes.browserSession` seconds; absent if nobody signed in. */
export type SignInOutcome = NextStep & { readonly sessionCookie?: string };

/** @returns the person, or the error for the client if the provider said no */
async function verify(
  answer: URLSearchParams,
  transaction: LoginTransaction,
  deps: InteractionDeps,
): Promise<Person | OAuthError> {
  try {
    return await deps.identityProvider.verify(answer, { state: transaction.id, ...transaction.upstream });
  } catch (cause) {
    if (!(cause instanceof IdentityProviderError)) throw cause;
    const detail = { reason: `identity_provider_${cause.kind}`, cause };
    if (cause.kind === 'denied') return new OAuthError('access_denied', 'the person was not signed in', detail);
    if (cause.kind === 'unavailable') {
      throw new OAuthError(
        'temporarily_unavailable',
        'the identity provider does not answer; reload in a minute',
        detail,
      );
    }
    throw new OAuthError(
      'server_error',
      'the identity provider gave an answer that cannot be trusted; start again',
      detail,
    );
  }
}

/** A new id for each sign-in, so that nobody can plant one beforehand (session fixation). */
async function startSession(person: Person, deps: InteractionDeps): Promise<string> {
  const cookie = deps.entropy.token(32);
  const expiresAt = deps.clock.now() + deps.lifetimes.browserSession;
  await deps.interactions.startSession({ digest: digest(cookie), person, expiresAt });
  return cookie;
}

/**
 * Takes the identity provider's answer, starts a browser session under a new id (session fixation) and goes on. If
 * the person was denied there, the outcome is `answered` with `access_denied` for the client.
 * @param answer query string of the callback
 * @param browser value of the binding cookie
 * @throws OAuthError for a page, never redirected: invalid_request (`reason` `unknown_transaction` or
 *   `other_browser`), invalid_client if the client is gone, temporarily_unavailable, server_error
 */
export async function completeSignIn(
  answer: URLSearchParams,
  browser: { readonly browserCookie?: string },
  deps: InteractionDeps,
): Promise<SignInOutcome> {
  const transaction = await pendingTransaction(parameter(answer, 'state'), browser.browserCookie, deps);
  const { id, request, gid } = transaction;
  // A reloaded callback: the provider's answer counted already, the page still waits.
  if (transaction.step === 'consent') return { kind: 'consent', transactionId: id };
  const { client, redirect } = await waitingClient(transaction, deps);

  const person = await verify(answer, transaction, deps);
  if (person instanceof OAuthError) {
    await deps.interactions.finish(id);
    return { kind: 'answered', url: errorUrl(redirect, person, deps.issuer) };
  }
  if (!(await deps.interactions.signedIn(id, person, deps.clock.now()))) throw unknownTransaction();
  const sessionCookie = await startSession(person, deps);
  const url = await answerFromMemory({ request, client, redirect }, person, gid, deps);
  if (url === undefined) return { kind: 'consent', transactionId: id, sessionCookie };
  await deps.interactions.finish(id);
  return { kind: 'answered', url, sessionCookie };
}
