import type { Context } from 'hono';
import { OAuthError } from '../core/errors.ts';
import { completePageSignIn } from '../core/own-pages/complete-page-sign-in.ts';
import { returnPath } from '../core/own-pages/return-path.ts';
import { startPageSignIn } from '../core/own-pages/start-page-sign-in.ts';
import { parameter } from '../core/parameters.ts';
import type { Desk } from './interaction-app.ts';
import { leave } from './proceed.ts';
import { readQuery } from './read-params.ts';
import { refuse } from './refuse.ts';

/** Seconds that the binding cookie outlives the last sign-in that it was sent with. */
const grace = 300;

/** The way to our own pages: straight on if this browser is signed in, else by the identity provider. */
export async function signIn(context: Context, desk: Desk): Promise<Response> {
  let to: string | undefined;
  try {
    const query = readQuery(context);
    to = returnPath(parameter(query, 'to') ?? '/account');
    // No open redirect: whatever is not a plain path of these pages is refused, not repaired.
    if (to === undefined) {
      throw new OAuthError('invalid_request', 'to must be a page below /account or /admin', { reason: 'return_path' });
    }
    return await start(context, { to, again: parameter(query, 'again') === '1' }, desk);
  } catch (error) {
    return refuse(error, context, desk, { signIn: addressOf(to, desk) });
  }
}

async function start(
  context: Context,
  asked: { readonly to: string; readonly again: boolean },
  desk: Desk,
): Promise<Response> {
  const { cookies, entropy, lifetimes, issuer } = desk;
  const browserCookie = cookies.read(context, 'browser') ?? entropy.token(32);
  const sessionCookie = cookies.read(context, 'session');
  const url = await startPageSignIn({ ...asked, browserCookie, ...(sessionCookie && { sessionCookie }) }, desk);
  const answer = leave(url ?? `${issuer}${asked.to}`, desk);
  answer.headers.append('Set-Cookie', cookies.write('browser', browserCookie, lifetimes.signInTransaction + grace));
  return answer;
}

/** Back from the identity provider, and on to the page that was wanted. */
export async function takeSignIn(
  context: Context,
  desk: Desk,
): Promise<{ readonly answer: Response; readonly sessionCookie?: string | undefined }> {
  const query = readQuery(context);
  const [browserCookie, sessionCookie] = [desk.cookies.read(context, 'browser'), desk.cookies.read(context, 'session')];
  const browser = { ...(browserCookie && { browserCookie }), ...(sessionCookie && { sessionCookie }) };
  try {
    const outcome = await completePageSignIn(query, browser, desk);
    return { answer: leave(`${desk.issuer}${outcome.to}`, desk), sessionCookie: outcome.sessionCookie };
  } catch (error) {
    const known = await desk.pageSignIns.find(query.get('state') ?? '', desk.clock.now());
    return { answer: refuse(error, context, desk, { signIn: addressOf(known?.to, desk) }) };
  }
}

/** Where a person can try once more. @param to the page that was wanted. @default their own */
function addressOf(to: string | undefined, { issuer }: Pick<Desk, 'issuer'>): string {
  return `${issuer}/sign-in?${new URLSearchParams({ to: to ?? '/account', again: '1' }).toString()}`;
}
