import type { Context } from 'hono';
import { openConsent } from '../core/authorize/open-consent.ts';
import { requiredParameter } from '../core/parameters.ts';
import { formTargets } from './form-targets.ts';
import type { Desk } from './interaction-app.ts';
import { consentPage } from './pages/consent-page.ts';
import { readQuery } from './read-params.ts';

/** The consent page, for the browser that began the request. */
export async function showConsent(context: Context, desk: Desk): Promise<Response> {
  const transactionId = requiredParameter(readQuery(context), 'transaction');
  const browserCookie = desk.cookies.read(context, 'browser');
  const browser = browserCookie === undefined ? {} : { browserCookie };
  const opened = await openConsent({ transactionId, ...browser }, desk);
  const page = consentPage({ view: opened.view, person: opened.person, csrf: opened.csrf, transactionId });
  return desk.send(page, { formAction: formTargets(opened.view.redirect) });
}
