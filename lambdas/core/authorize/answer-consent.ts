import { withinRights } from '../admin/within-rights.ts';
import { mac, sameText } from '../digest.ts';
import { OAuthError } from '../errors.ts';
import { allowedScopes, grantedParts } from './allowed-scopes.ts';
import { errorUrl, successUrl } from './answer-url.ts';
import { consentCsrf } from './consent-csrf.ts';
import { rememberConsent } from './consent-memory.ts';
import type { InteractionDeps } from './interaction.ts';
import { issueCode } from './issue-code.ts';
import { pendingTransaction, unknownTransaction, waitingClient } from './pending-transaction.ts';
import { recallConsent } from './recall-consent.ts';

export interface ConsentAnswer {
  readonly transactionId: string;
  /** Value of the binding cookie. */
  readonly browserCookie?: string;
  /** Value of the form's hidden field. */
  readonly csrf: string;
  readonly allow: boolean;
  /** Values of the ticked scopes (`tick` of the view); required ones count as ticked. */
  readonly scopes: readonly string[];
}

/** A repeated answer finds the same salt, but only with the browser's cookie: the stored transaction is not enough. */
function saltOf(browserCookie: string, transactionId: string): string {
  return mac(browserCookie, `salt|${transactionId}`).slice(0, 22);
}

/**
 * Takes the person's answer: remembers the consent, creates the grant and says where the browser goes (with 303,
 * AS-50). The same answer twice (double click) gives the same code, therefore an allowed transaction is left to expire.
 * Denial goes to the client as `access_denied`.
 * @throws OAuthError for a page, never redirected: invalid_request (`reason` `unknown_transaction`, `other_browser`,
 *   `csrf`, `already_answered`, `sign_in_ended`), invalid_client if the client is gone
 */
export async function answerConsent(
  answer: ConsentAnswer,
  deps: InteractionDeps,
): Promise<{ readonly redirectUrl: string }> {
  const { transactionId: id, browserCookie = '' } = answer;
  const begunAt = deps.clock.now();
  const transaction = await pendingTransaction(id, browserCookie, deps);
  const { step, person, gid, startedAt } = transaction;
  if (step !== 'consent' || !person) throw unknownTransaction();
  if (!sameText(answer.csrf, consentCsrf(browserCookie, id))) {
    throw new OAuthError('invalid_request', 'the form was not made here; open the consent page again', {
      reason: 'csrf',
    });
  }
  const { client, redirect } = await waitingClient(transaction, deps);
  const { clientId } = client;
  const request = withinRights(transaction.request, person, deps);
  if (request instanceof OAuthError) {
    await deps.interactions.finish(id);
    return { redirectUrl: errorUrl(redirect, request, deps.issuer) };
  }
  const { recalled, revokedBefore } = await recallConsent(request, { sub: person.sub, startedAt }, deps);
  const allowed = allowedScopes(request, recalled, answer.scopes);
  // Unticking every scope leaves nothing to allow but sign-in; a server without scopes has none to untick.
  const isEmpty = allowed.every(({ names }) => names.length === 0) && request.scopes.length > 0;
  if (!answer.allow || (isEmpty && !request.identityScopes)) {
    await deps.interactions.finish(id);
    deps.audit.record({ type: 'consent.denied', decision: 'refused', clientId, sub: person.sub });
    const denied = new OAuthError('access_denied', 'the person did not allow it');
    return { redirectUrl: errorUrl(redirect, denied, deps.issuer) };
  }
  await rememberConsent(request, { sub: person.sub, allowed, updatedAt: begunAt }, revokedBefore, deps);
  const salt = saltOf(browserCookie, id);
  const code = await issueCode({ request, person, client, ...grantedParts(allowed), gid, salt, begunAt }, deps);
  const { scopes } = grantedParts(allowed);
  deps.audit.record({ type: 'consent.given', clientId, sub: person.sub, gid, scopes });
  return { redirectUrl: successUrl(redirect, { code, issuer: deps.issuer }) };
}
