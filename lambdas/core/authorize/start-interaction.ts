import { mostSignInAge } from '../admin/admin-grant.ts';
import { digest } from '../digest.ts';
import { OAuthError } from '../errors.ts';
import { acceptsSession, signInTerms } from '../identity/fresh-sign-in.ts';
import type { Person } from '../person.ts';
import type { BrowserSession, LoginTransaction } from '../ports/interactions.ts';
import { answerFromMemory } from './answer-from-memory.ts';
import { errorUrl } from './answer-url.ts';
import type { InteractionDeps, NextStep } from './interaction.ts';
import type { AcceptedRequest } from './pipeline.ts';
import { takePushed } from './pushed-request.ts';
import { endedReason } from './live-sign-in.ts';
import { signInUrl } from './sign-in-url.ts';

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
    startedAt: clock.now(),
    expiresAt: clock.now() + lifetimes.signInTransaction,
  };
}

/** The browser's session, if the client accepts it. Whether it was ended meanwhile, the memory of consents tells. */
async function acceptedSession(
  { request }: AcceptedRequest,
  sessionCookie: string | undefined,
  deps: InteractionDeps,
): Promise<BrowserSession | undefined> {
  const now = deps.clock.now();
  const session = sessionCookie ? await deps.interactions.findSession(digest(sessionCookie), now) : undefined;
  return session && acceptsSession(request, session.person, now, mostSignInAge(request, deps)) ? session : undefined;
}

/**
 * What memory answers to somebody who is signed in.
 * @returns `url` at the client, if the person need not be asked; undefined if nobody is signed in
 */
async function remembered(
  accepted: AcceptedRequest,
  session: BrowserSession | undefined,
  gid: string,
  deps: InteractionDeps,
): Promise<{ readonly person: Person; readonly url: string | undefined } | undefined> {
  if (!session) return undefined;
  try {
    return { person: session.person, url: await answerFromMemory(accepted, session, gid, deps) };
  } catch (error) {
    if (error instanceof OAuthError && error.reason === endedReason) return undefined;
    throw error;
  }
}

/** OIDC Core §3.1.2.6: with prompt=none no page is shown; what one would be needed for is the client's error. */
async function refuseSilently(accepted: AcceptedRequest, isSignedIn: boolean, deps: InteractionDeps): Promise<string> {
  await takePushed(accepted.pushed, deps);
  const error = isSignedIn
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
  const transaction = newTransaction(accepted, browser.browserCookie, deps);
  const session = await acceptedSession(accepted, browser.sessionCookie, deps);
  const known = await remembered(accepted, session, transaction.gid, deps);
  if (known?.url !== undefined) return { kind: 'answered', url: known.url };
  if (accepted.request.prompt?.includes('none')) {
    return { kind: 'answered', url: await refuseSilently(accepted, known !== undefined, deps) };
  }
  if (!known) {
    const url = await signInUrl(transaction, deps);
    await takePushed(accepted.pushed, deps);
    await deps.interactions.begin(transaction);
    return { kind: 'sign-in', url };
  }
  await takePushed(accepted.pushed, deps);
  await deps.interactions.begin({ ...transaction, step: 'consent', person: known.person });
  return { kind: 'consent', transactionId: transaction.id };
}
