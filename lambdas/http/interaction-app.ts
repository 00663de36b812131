import type { Context, Hono } from 'hono';
import { completeSignIn } from '../core/authorize/complete-sign-in.ts';
import type { InteractionDeps } from '../core/authorize/interaction.ts';
import type { Settings } from '../contract/settings.ts';
import { answerConsentForm } from './answer-consent-form.ts';
import { authorize } from './authorize.ts';
import { bindRoutes } from './bind-routes.ts';
import type { browserCookies } from './browser-cookies.ts';
import { browserCookies as cookiesOf } from './browser-cookies.ts';
import type { ErrorContext } from './errors.ts';
import { pageSender } from './page-response.ts';
import { proceed } from './proceed.ts';
import { readForm, readQuery } from './read-params.ts';
import { refuse } from './refuse.ts';
import { showConsent } from './show-consent.ts';

export interface InteractionAppDeps extends InteractionDeps, ErrorContext {
  readonly settings: Pick<Settings, 'brand'> & Partial<Pick<Settings, 'requirePushedAuthorizationRequests'>>;
}

/** What the handlers of this app share. */
export interface Desk extends InteractionDeps, ErrorContext {
  readonly cookies: ReturnType<typeof browserCookies>;
  readonly send: ReturnType<typeof pageSender>;
}

/** The pages and redirects between an authorization request and its answer. */
export function interactionApp(deps: InteractionAppDeps): Hono {
  const { issuer, settings } = deps;
  const { brand, requirePushedAuthorizationRequests } = settings;
  const desk: Desk = {
    ...deps,
    requirePushedAuthorizationRequests,
    cookies: cookiesOf(issuer),
    send: pageSender(brand, issuer),
  };
  return bindRoutes(
    'interaction',
    {
      'GET /authorize': (context) => authorize(context, readQuery(context), desk),
      'POST /authorize': async (context) => authorize(context, await readForm(context), desk),
      'GET /callback': (context) => callback(context, desk),
      'GET /consent': (context) => showConsent(context, desk),
      'POST /consent': (context) => answerConsentForm(context, desk),
    },
    { ...deps, answerError: (error, context) => refuse(error, context, desk) },
  );
}

async function callback(context: Context, desk: Desk): Promise<Response> {
  const browserCookie = desk.cookies.read(context, 'browser');
  const browser = browserCookie === undefined ? {} : { browserCookie };
  const outcome = await completeSignIn(readQuery(context), browser, desk);
  const answer = proceed(outcome, desk);
  if (outcome.sessionCookie) {
    const seconds = desk.lifetimes.browserSession;
    answer.headers.append('Set-Cookie', desk.cookies.write('session', outcome.sessionCookie, seconds));
  }
  return answer;
}
