import type { InteractionDeps, NextStep } from './interaction.ts';
import type { AcceptedRequest } from './pipeline.ts';

/**
 * Takes an accepted authorization request on: to sign-in, to the consent page, or straight back to the client if the
 * browser is signed in and this consent is remembered.
 * @param browser `browserCookie`: value of the binding cookie, 32 random bytes (`deps.entropy.token(32)`) that the
 *   caller sets if the browser has none yet; an existing one is kept, so that several tabs can wait at once.
 *   `sessionCookie`: value of the sign-in cookie, if the browser sent one.
 * @throws OAuthError temporarily_unavailable if the identity provider cannot be reached: show it on a page
 */
export async function startInteraction(
  _accepted: AcceptedRequest,
  _browser: { readonly browserCookie: string; readonly sessionCookie?: string },
  _deps: InteractionDeps,
): Promise<NextStep> {
  throw new Error('not yet');
}
