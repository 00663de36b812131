import { mostSignInAge } from '../admin/admin-grant.ts';
import { digest, sameText } from '../digest.ts';
import { OAuthError } from '../errors.ts';
import { signInTerms } from '../identity/fresh-sign-in.ts';
import type { LoginTransaction } from '../ports/interactions.ts';
import { consentCsrf } from './consent-csrf.ts';
import type { InteractionDeps } from './interaction.ts';
import { pendingTransaction } from './pending-transaction.ts';
import { signInUrl } from './sign-in-url.ts';

export interface AccountSwitch {
  readonly transactionId: string;
  /** Value of the binding cookie. */
  readonly browserCookie?: string;
  /** Value of the sign-in cookie. */
  readonly sessionCookie?: string;
  /** Value of the form's hidden field. */
  readonly csrf: string;
}

/** The same request as a sign-in that has not begun: what was the first person's must not be the second one's. */
function begunAnew(transaction: LoginTransaction, deps: InteractionDeps): LoginTransaction {
  const { entropy, clock } = deps;
  const { person: _person, ...rest } = transaction;
  const { loginHint: _hint, ...terms } = signInTerms(rest.request, clock.now(), mostSignInAge(rest.request, deps));
  return {
    ...rest,
    step: 'sign-in',
    gid: entropy.token(16),
    startedAt: clock.now(),
    upstream: {
      nonce: entropy.token(16),
      codeVerifier: entropy.token(32),
      ...terms,
      prompt: terms.prompt ?? 'select_account',
    },
  };
}

/**
 * Signs the browser out and sends the waiting request to sign-in once more, for somebody else. Asked twice (double
 * click), it leads to the same sign-in.
 * @returns URL at the identity provider
 * @throws OAuthError for a page: invalid_request (`reason` `unknown_transaction`, `other_browser`, `csrf`),
 *   temporarily_unavailable
 */
export async function switchAccount(asked: AccountSwitch, deps: InteractionDeps): Promise<string> {
  const { transactionId: id, browserCookie = '', sessionCookie, csrf } = asked;
  const found = await pendingTransaction(id, browserCookie, deps);
  // A stranger's page could otherwise sign people out, or in as the stranger.
  if (!sameText(csrf, consentCsrf(browserCookie, id))) {
    throw new OAuthError('invalid_request', 'the form was not made here; open the consent page again', {
      reason: 'csrf',
    });
  }
  const transaction = found.step === 'sign-in' ? found : begunAnew(found, deps);
  const url = await signInUrl(transaction, deps);
  if (sessionCookie) await deps.interactions.endSession(digest(sessionCookie));
  if (transaction !== found) await deps.interactions.begin(transaction);
  return url;
}
