import { signInUrl } from '../authorize/sign-in-url.ts';
import { digest } from '../digest.ts';
import type { PageSignIn } from '../ports/page-sign-ins.ts';
import { liveSession } from './live-session.ts';
import type { PageSignInDeps } from './page-sign-in-deps.ts';

export interface PageSignInRequest {
  /** Where it goes on, as returnPath allows. */
  readonly to: string;
  /** Value of the binding cookie, which the caller sets. */
  readonly browserCookie: string;
  /** Value of the session cookie. */
  readonly sessionCookie?: string;
  /** Whether the person wants to choose an account, whoever is signed in. @default false */
  readonly again?: boolean;
}

/**
 * Begins a sign-in for a page of ours.
 * @returns URL at the identity provider; undefined if this browser is signed in already
 * @throws OAuthError for a page: temporarily_unavailable
 */
export async function startPageSignIn(asked: PageSignInRequest, deps: PageSignInDeps): Promise<string | undefined> {
  const { to, browserCookie, sessionCookie, again = false } = asked;
  if (!again && (await liveSession(sessionCookie, deps))) return undefined;
  const { entropy, clock, lifetimes } = deps;
  const now = clock.now();
  const signIn: PageSignIn = {
    id: `p-${entropy.token(32)}`,
    to,
    browserDigest: digest(browserCookie),
    upstream: {
      nonce: entropy.token(16),
      codeVerifier: entropy.token(32),
      ...(again && { prompt: 'select_account' as const }),
    },
    startedAt: now,
    expiresAt: now + lifetimes.signInTransaction,
  };
  const url = await signInUrl(signIn, deps);
  await deps.pageSignIns.begin(signIn);
  return url;
}
