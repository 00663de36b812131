import { unknownTransaction } from '../authorize/pending-transaction.ts';
import { digest, sameText } from '../digest.ts';
import { OAuthError } from '../errors.ts';
import type { PageSignIn } from '../ports/page-sign-ins.ts';
import type { PageSignInDeps } from './page-sign-in-deps.ts';

const wellFormed = /^p-[\w-]{43}$/;

/** Whether the `state` of an identity provider's answer belongs to a sign-in for our own pages. */
export function isPageSignIn(state: string | undefined): boolean {
  return state !== undefined && wellFormed.test(state);
}

/**
 * Finds a sign-in for the browser that began it, and no other: otherwise a stranger's link would sign a person in as the
 * stranger, who then reads what the person leaves there (login CSRF).
 * @throws OAuthError invalid_request (`reason` `unknown_transaction` or `other_browser`)
 */
export async function pendingPageSignIn(
  id: string | undefined,
  browserCookie: string | undefined,
  { pageSignIns, clock }: Pick<PageSignInDeps, 'pageSignIns' | 'clock'>,
): Promise<PageSignIn> {
  const signIn = id !== undefined && isPageSignIn(id) ? await pageSignIns.find(id, clock.now()) : undefined;
  if (!signIn) throw unknownTransaction();
  if (browserCookie && sameText(digest(browserCookie), signIn.browserDigest)) return signIn;
  throw new OAuthError('invalid_request', 'this sign-in began in another browser, or cookies are blocked', {
    reason: 'other_browser',
  });
}
