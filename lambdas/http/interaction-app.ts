import type { Context, Hono } from 'hono';
import { completeSignIn } from '../core/authorize/complete-sign-in.ts';
import { completeDeviceSignIn } from '../core/device/complete-device-sign-in.ts';
import type { DeviceDeps } from '../core/device/device-deps.ts';
import { isDeviceSignIn } from '../core/device/pending-device.ts';
import type { PageSignInDeps } from '../core/own-pages/page-sign-in-deps.ts';
import { isPageSignIn } from '../core/own-pages/pending-page-sign-in.ts';
import type { Settings } from '../contract/settings.ts';
import { answerConsentForm } from './answer-consent-form.ts';
import { answerDeviceForm } from './answer-device-form.ts';
import { authorize } from './authorize.ts';
import { bindRoutes } from './bind-routes.ts';
import type { browserCookies } from './browser-cookies.ts';
import { browserCookies as cookiesOf } from './browser-cookies.ts';
import { showDevice } from './device.ts';
import type { ErrorContext } from './errors.ts';
import { pageSender } from './page-response.ts';
import { limitAddress } from './limit-address.ts';
import { leave, proceed } from './proceed.ts';
import type { RateLimited } from './rate-limiting.ts';
import { readForm, readQuery } from './read-params.ts';
import { refuse } from './refuse.ts';
import { showConsent } from './show-consent.ts';
import { signIn, takeSignIn } from './sign-in.ts';

export interface InteractionAppDeps extends DeviceDeps, PageSignInDeps, ErrorContext, RateLimited {
  readonly settings: Pick<Settings, 'brand'> &
    Partial<Pick<Settings, 'administrators' | 'requirePushedAuthorizationRequests'>>;
}

/** What the handlers of this app share. */
export interface Desk extends DeviceDeps, PageSignInDeps, ErrorContext {
  readonly cookies: ReturnType<typeof browserCookies>;
  readonly send: ReturnType<typeof pageSender>;
}

/** The pages and redirects between an authorization request and its answer. */
export function interactionApp(deps: InteractionAppDeps): Hono {
  const { issuer, settings } = deps;
  const { administrators, brand, requirePushedAuthorizationRequests } = settings;
  const desk: Desk = {
    ...deps,
    administrators,
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
      'GET /sign-in': (context) => signIn(context, desk),
      'GET /device': (context) => showDevice(context, desk),
      'POST /device': (context) => answerDeviceForm(context, desk),
    },
    {
      ...deps,
      answerError: (error, context) => refuse(error, context, desk),
      before: (context) => limitAddress(context, 'signIn', deps),
    },
  );
}

async function callback(context: Context, desk: Desk): Promise<Response> {
  const browserCookie = desk.cookies.read(context, 'browser');
  const browser = browserCookie === undefined ? {} : { browserCookie };
  const { answer, sessionCookie } = await goOn(context, browser, desk);
  if (sessionCookie) {
    const seconds = desk.lifetimes.browserSession;
    answer.headers.append('Set-Cookie', desk.cookies.write('session', sessionCookie, seconds));
  }
  return answer;
}

/** To the device or page of ours that the sign-in was for, or on with the authorization request. */
async function goOn(
  context: Context,
  browser: { readonly browserCookie?: string },
  desk: Desk,
): Promise<{ readonly answer: Response; readonly sessionCookie?: string | undefined }> {
  const query = readQuery(context);
  const state = query.get('state') ?? undefined;
  if (isPageSignIn(state)) return takeSignIn(context, desk);
  if (isDeviceSignIn(state)) {
    const { signInId, sessionCookie } = await completeDeviceSignIn(query, browser, desk);
    return { answer: leave(`${desk.issuer}/device?transaction=${signInId}`, desk), sessionCookie };
  }
  const outcome = await completeSignIn(query, browser, desk);
  return { answer: proceed(outcome, desk), sessionCookie: outcome.sessionCookie };
}
