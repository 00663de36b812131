import type { Context } from 'hono';
import { answerConsent } from '../core/authorize/answer-consent.ts';
import { switchAccount } from '../core/authorize/switch-account.ts';
import { OAuthError } from '../core/errors.ts';
import { parameterValues, requiredParameter } from '../core/parameters.ts';
import type { Desk } from './interaction-app.ts';
import { signInAgainPage } from './pages/sign-in-again-page.ts';
import { leave } from './proceed.ts';
import { readForm } from './read-params.ts';
import { requireSameOrigin } from './same-origin.ts';

/** Ticks of one page; more than all scopes of all servers together. */
const mostTicks = 512;

/** Takes what the person answered on the consent page to core, and the browser to the client. */
export async function answerConsentForm(context: Context, desk: Desk): Promise<Response> {
  requireSameOrigin(context, desk.issuer);
  const params = await readForm(context);
  const browserCookie = desk.cookies.read(context, 'browser');
  const form = {
    transactionId: requiredParameter(params, 'transaction'),
    csrf: requiredParameter(params, 'csrf'),
    ...(browserCookie === undefined ? {} : { browserCookie }),
  };
  const decision = readDecision(params);
  if (decision === 'switch') return signInAgain(context, form, desk);
  const answer = { ...form, allow: decision === 'allow', scopes: parameterValues(params, 'scope', mostTicks) };
  return leave((await answerConsent(answer, desk)).redirectUrl, desk);
}

/**
 * Answered with a page that goes on by itself. Chromium holds `form-action` against every redirect that follows a form,
 * and how many hosts a sign-in passes, nobody here can know.
 */
async function signInAgain(
  context: Context,
  form: { readonly transactionId: string; readonly csrf: string; readonly browserCookie?: string },
  desk: Desk,
): Promise<Response> {
  const sessionCookie = desk.cookies.read(context, 'session');
  const url = await switchAccount({ ...form, ...(sessionCookie === undefined ? {} : { sessionCookie }) }, desk);
  const answer = desk.send(signInAgainPage(url), { headers: { Refresh: `0; url=${url}` } });
  answer.headers.append('Set-Cookie', desk.cookies.write('session', '', 0));
  return answer;
}

function readDecision(params: URLSearchParams): 'allow' | 'deny' | 'switch' {
  const decision = requiredParameter(params, 'decision');
  // Anything but the buttons is no answer: least of all an Allow.
  if (decision === 'allow' || decision === 'deny' || decision === 'switch') return decision;
  throw new OAuthError('invalid_request', 'decision must be allow, deny or switch; use the buttons of the page');
}
