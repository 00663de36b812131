import type { Context } from 'hono';
import { OAuthError } from '../core/errors.ts';
import { completePageSignIn } from '../core/own-pages/complete-page-sign-in.ts';
import type { PageSignInOutcome } from '../core/own-pages/complete-page-sign-in.ts';
import { returnPath } from '../core/own-pages/return-path.ts';
import { startPageSignIn } from '../core/own-pages/start-page-sign-in.ts';
import { parameter } from '../core/parameters.ts';
import type { Desk } from './interaction-app.ts';
import { leave } from './proceed.ts';
import { readQuery } from './read-params.ts';

/** Seconds that the binding cookie outlives the last sign-in that it was sent with. */
const grace = 300;

/** The way to our own pages: straight on if this browser is signed in, else by the identity provider. */
export async function signIn(context: Context, desk: Desk): Promise<Response> {
  const query = readQuery(context);
  const to = returnPath(parameter(query, 'to') ?? '/account');
  // No open redirect: whatever is not a plain path of these pages is refused, not repaired.
  if (to === undefined) {
    throw new OAuthError('invalid_request', 'to must be a page below /account or /admin', { reason: 'return_path' });
  }
  const { cookies, entropy, lifetimes } = desk;
  const browserCookie = cookies.read(context, 'browser') ?? entropy.token(32);
  const sessionCookie = cookies.read(context, 'session');
  const session = sessionCookie === undefined ? {} : { sessionCookie };
  const again = parameter(query, 'again') === '1';
  const url = await startPageSignIn({ to, browserCookie, again, ...session }, desk);
  const answer = leave(url ?? `${desk.issuer}${to}`, desk);
  answer.headers.append('Set-Cookie', cookies.write('browser', browserCookie, lifetimes.signInTransaction + grace));
  return answer;
}

/** Back from the identity provider; where to is a path of ours. */
export async function takeSignIn(context: Context, desk: Desk): Promise<PageSignInOutcome> {
  const [browserCookie, sessionCookie] = [desk.cookies.read(context, 'browser'), desk.cookies.read(context, 'session')];
  const browser = {
    ...(browserCookie !== undefined && { browserCookie }),
    ...(sessionCookie !== undefined && { sessionCookie }),
  };
  return completePageSignIn(readQuery(context), browser, desk);
}
