import type { InteractionDeps } from './interaction.ts';

export interface ConsentAnswer {
  readonly transactionId: string;
  /** Value of the binding cookie. */
  readonly browserCookie?: string;
  /** Value of the form's hidden field. */
  readonly csrf: string;
  readonly allow: boolean;
  /** Names of the ticked scopes; required ones count as ticked. */
  readonly scopes: readonly string[];
}

/**
 * Takes the person's answer: remembers the consent, creates the grant and says where the browser goes (with 303,
 * AS-50). The same answer twice (double click) gives the same code. Denial goes to the client as `access_denied`.
 * @throws OAuthError for a page, never redirected: invalid_request (`reason` `unknown_transaction`, `other_browser`,
 *   `csrf`, `already_answered`), invalid_client if the client is gone
 */
export async function answerConsent(
  _answer: ConsentAnswer,
  _deps: InteractionDeps,
): Promise<{ readonly redirectUrl: string }> {
  throw new Error('not yet');
}
