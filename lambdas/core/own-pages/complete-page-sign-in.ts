import { requireLiveSignIn } from '../authorize/live-sign-in.ts';
import { unknownTransaction } from '../authorize/pending-transaction.ts';
import { startSession } from '../authorize/start-session.ts';
import { verifiedPerson } from '../authorize/verified-person.ts';
import { digest } from '../digest.ts';
import { OAuthError } from '../errors.ts';
import { parameter } from '../parameters.ts';
import type { PageSignInDeps } from './page-sign-in-deps.ts';
import { pendingPageSignIn } from './pending-page-sign-in.ts';

/** `sessionCookie`: value to set for `lifetimes.browserSession` seconds; absent if the answer had counted already. */
export interface PageSignInOutcome {
  /** Path of ours, relative to the issuer. */
  readonly to: string;
  readonly sessionCookie?: string;
}

/**
 * Takes the identity provider's answer to a sign-in for our own pages. The session gets a new id (session fixation), and
 * the one that this browser had ends.
 * @param answer query string of the callback
 * @throws OAuthError for a page: invalid_request (`reason` `unknown_transaction`, `other_browser`, `sign_in_ended`), access_denied if the
 *   provider said no, temporarily_unavailable, server_error
 */
export async function completePageSignIn(
  answer: URLSearchParams,
  browser: { readonly browserCookie?: string; readonly sessionCookie?: string },
  deps: PageSignInDeps,
): Promise<PageSignInOutcome> {
  const signIn = await pendingPageSignIn(parameter(answer, 'state'), browser.browserCookie, deps);
  const { id, to, startedAt } = signIn;
  // A reloaded callback: the provider's answer counted already.
  if (signIn.isDone) return { to };
  const person = await verifiedPerson(answer, signIn, deps);
  if (person instanceof OAuthError) throw person;
  // A sign-in that waited while everything of the person was taken back must not outlive that (F-D6).
  await requireLiveSignIn({ sub: person.sub, startedAt }, deps);
  if (!(await deps.pageSignIns.finish(id, deps.clock.now()))) throw unknownTransaction();
  if (browser.sessionCookie) await deps.interactions.endSession(digest(browser.sessionCookie));
  deps.audit.record({ type: 'person.signed_in', sub: person.sub });
  return { to, sessionCookie: await startSession(person, startedAt, deps) };
}
