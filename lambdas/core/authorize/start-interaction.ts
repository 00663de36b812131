import { digest } from '../digest.ts';
import type { LoginTransaction } from '../ports/interactions.ts';
import { answerFromMemory } from './answer-from-memory.ts';
import type { InteractionDeps, NextStep } from './interaction.ts';
import type { AcceptedRequest } from './pipeline.ts';
import { takePushed } from './pushed-request.ts';
import { signInUrl } from './sign-in-url.ts';
import { signedInPerson } from './signed-in-person.ts';

function newTransaction(accepted: AcceptedRequest, browserCookie: string, deps: InteractionDeps): LoginTransaction {
  const { entropy, clock, lifetimes } = deps;
  return {
    id: entropy.token(32),
    step: 'sign-in',
    browserDigest: digest(browserCookie),
    request: accepted.request,
    gid: entropy.token(16),
    upstream: { nonce: entropy.token(16), codeVerifier: entropy.token(32) },
    expiresAt: clock.now() + lifetimes.signInTransaction,
  };
}

/**
 * Takes an accepted authorization request on: to sign-in, to the consent page, or straight back to the client if the
 * browser is signed in and this consent is remembered.
 * @param browser `browserCookie`: value of the binding cookie, 32 random bytes (`deps.entropy.token(32)`) that the
 *   caller sets if the browser has none yet; an existing one is kept, so that several tabs can wait at once.
 *   `sessionCookie`: value of the sign-in cookie, if the browser sent one.
 * @throws OAuthError temporarily_unavailable if the identity provider cannot be reached: show it on a page
 */
export async function startInteraction(
  accepted: AcceptedRequest,
  browser: { readonly browserCookie: string; readonly sessionCookie?: string },
  deps: InteractionDeps,
): Promise<NextStep> {
  const transaction = newTransaction(accepted, browser.browserCookie, deps);
  const person = await signedInPerson(browser.sessionCookie, deps);
  if (!person) {
    const url = await signInUrl(transaction, deps);
    await takePushed(accepted.pushed, deps);
    await deps.interactions.begin(transaction);
    return { kind: 'sign-in', url };
  }
  const url = await answerFromMemory(accepted, person, transaction.gid, deps);
  if (url !== undefined) return { kind: 'answered', url };
  await takePushed(accepted.pushed, deps);
  await deps.interactions.begin({ ...transaction, step: 'consent', person });
  return { kind: 'consent', transactionId: transaction.id };
}
