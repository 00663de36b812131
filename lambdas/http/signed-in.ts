import type { Context } from 'hono';
import { sameText } from '../core/digest.ts';
import { OAuthError } from '../core/errors.ts';
import type { LiveSessionDeps } from '../core/own-pages/live-session.ts';
import { liveSession } from '../core/own-pages/live-session.ts';
import { pageCsrf } from '../core/own-pages/page-csrf.ts';
import { returnPath } from '../core/own-pages/return-path.ts';
import { parameter } from '../core/parameters.ts';
import type { Person } from '../core/person.ts';
import { browserCookies } from './browser-cookies.ts';
import { leave } from './proceed.ts';

/** A person in front of a page of ours. */
export interface SignedIn {
  readonly person: Person;
  /** Value of the session cookie. */
  readonly sessionCookie: string;
  /** For the hidden field `csrf` of every form; see requireCsrf. */
  readonly csrf: string;
  /** Epoch seconds: before the session was looked up. What the person makes now began then. */
  readonly begunAt: number;
}

export interface SignedInDeps extends LiveSessionDeps {
  readonly issuer: string;
}

/**
 * Who is signed in in this browser, or the redirect to sign-in, which comes back to the same page. A form that comes
 * after the session has ended leads to the page at its own address.
 */
export async function signedIn(context: Context, deps: SignedInDeps): Promise<SignedIn | Response> {
  const begunAt = deps.clock.now();
  const sessionCookie = browserCookies(deps.issuer).read(context, 'session');
  const session = await liveSession(sessionCookie, deps);
  if (!session || sessionCookie === undefined) return leave(signInAddress(context, deps.issuer), deps);
  return { person: session.person, sessionCookie, csrf: pageCsrf(sessionCookie), begunAt };
}

function signInAddress(context: Context, issuer: string): string {
  const { path, url, method } = context.req;
  const at = method === 'GET' ? url.indexOf('?') : -1;
  const page = returnPath(`${path}${at < 0 ? '' : url.slice(at)}`) ?? returnPath(path);
  return `${issuer}/sign-in?to=${encodeURIComponent(page ?? (path.startsWith('/admin') ? '/admin' : '/account'))}`;
}

/**
 * Refuses a form that was not made for this session.
 * @throws OAuthError invalid_request (`reason` `stale_form`)
 */
export function requireCsrf(form: URLSearchParams, { sessionCookie }: Pick<SignedIn, 'sessionCookie'>): void {
  const csrf = parameter(form, 'csrf');
  if (csrf !== undefined && sameText(csrf, pageCsrf(sessionCookie))) return;
  throw new OAuthError('invalid_request', 'the form was not made for this sign-in; open the page again', {
    reason: 'stale_form',
  });
}
