import { digest } from '../digest.ts';
import { OAuthError } from '../errors.ts';
import type { Person } from '../person.ts';
import { IdentityProviderError } from '../ports/identity-provider.ts';
import type { LoginTransaction } from '../ports/interactions.ts';
import { answerFromMemory } from './answer-from-memory.ts';
import type { InteractionDeps, NextStep } from './interaction.ts';
import type { AcceptedRequest } from './pipeline.ts';

async function signedInPerson(sessionCookie: string | undefined, deps: InteractionDeps): Promise<Person | undefined> {
  if (!sessionCookie) return undefined;
  return (await deps.interactions.findSession(digest(sessionCookie), deps.clock.now()))?.person;
}

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

async function signInUrl(transaction: LoginTransaction, deps: InteractionDeps): Promise<string> {
  try {
    // Nothing of the client's request goes upstream (D8): state, nonce and PKCE are the server's own.
    return await deps.identityProvider.signInUrl({ state: transaction.id, ...transaction.upstream });
  } catch (error) {
    if (!(error instanceof IdentityProviderError)) throw error;
    throw new OAuthError('temporarily_unavailable', 'the identity provider does not answer; try again in a minute', {
      reason: `identity_provider_${error.kind}`,
      cause: error,
    });
  }
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
    await deps.interactions.begin(transaction);
    return { kind: 'sign-in', url };
  }
  const url = await answerFromMemory(accepted, person, transaction.gid, deps);
  if (url !== undefined) return { kind: 'answered', url };
  await deps.interactions.begin({ ...transaction, step: 'consent', person });
  return { kind: 'consent', transactionId: transaction.id };
}
