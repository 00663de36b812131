import { mostSignInAge } from '../admin/admin-grant.ts';
import { digest } from '../digest.ts';
import { OAuthError } from '../errors.ts';
import { acceptsSession, signInTerms } from '../identity/fresh-sign-in.ts';
import type { Person } from '../person.ts';
import type { LoginTransaction } from '../ports/interactions.ts';
import { answerFromMemory } from './answer-from-memory.ts';
import { errorUrl } from './answer-url.ts';
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
    upstream: {
      nonce: entropy.token(16),
      codeVerifier: entropy.token(32),
      ...signInTerms(accepted.request, clock.now(), mostSignInAge(accepted.request, deps)),
    },
    expiresAt: clock.now() + lifetimes.signInTransaction,
  };
}

/** OIDC Core §3.1.2.6: with prompt=none no page is shown; what one would be needed for is the client's error. */
async function answerSilently(
  accepted: AcceptedRequest,
  person: Person | undefined,
  gid: string,
  deps: InteractionDeps,
): Promise<string> {
  const url = person && (await answerFromMemory(accepted, person, gid, deps));
  if (url !== undefined) return url;
  await takePushed(accepted.pushed, deps);
  const error = person
    ? new OAuthError('consent_required', 'the person has not allowed this yet; ask again without prompt=none')
    : new OAuthError('login_required', 'nobody is signed in here; ask again without prompt=none');
  return errorUrl(accepted.redirect, error, deps.issuer);
}

/**
 * Takes an accepted authorization request on: to sign-in, to the consent page, or straight back to the client if the
 * browser is signed in and this consent is remembered, or the client wants no page.
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
  const { request } = accepted;
  const transaction = newTransaction(accepted, browser.browserCookie, deps);
  const signedIn = await signedInPerson(browser.sessionCookie, deps);
  const isAccepted = signedIn && acceptsSession(request, signedIn, deps.clock.now(), mostSignInAge(request, deps));
  const person = isAccepted ? signedIn : undefined;
  if (request.prompt?.includes('none')) {
    return { kind: 'answered', url: await answerSilently(accepted, person, transaction.gid, deps) };
  }
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
