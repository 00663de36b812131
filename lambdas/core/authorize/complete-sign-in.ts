import type { InteractionDeps, NextStep } from './interaction.ts';

/** `sessionCookie`: value to set for `lifetimes.browserSession` seconds; absent if nobody signed in. */
export type SignInOutcome = NextStep & { readonly sessionCookie?: string };

/**
 * Takes the identity provider's answer, starts a browser session under a new id (session fixation) and goes on. If
 * the person was denied there, the outcome is `answered` with `access_denied` for the client.
 * @param answer query string of the callback
 * @param browser value of the binding cookie
 * @throws OAuthError for a page, never redirected: invalid_request (`reason` `unknown_transaction` or
 *   `other_browser`), temporarily_unavailable, server_error
 */
export async function completeSignIn(
  _answer: URLSearchParams,
  _browser: { readonly browserCookie?: string },
  _deps: InteractionDeps,
): Promise<SignInOutcome> {
  throw new Error('not yet');
}
