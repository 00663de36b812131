import type { Context } from 'hono';
import { answerConsent } from '../core/authorize/answer-consent.ts';
import { OAuthError } from '../core/errors.ts';
import { parameterValues, requiredParameter } from '../core/parameters.ts';
import type { Desk } from './interaction-app.ts';
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
  const answer = {
    transactionId: requiredParameter(params, 'transaction'),
    csrf: requiredParameter(params, 'csrf'),
    allow: readDecision(params),
    scopes: parameterValues(params, 'scope', mostTicks),
    ...(browserCookie === undefined ? {} : { browserCookie }),
  };
  return leave((await answerConsent(answer, desk)).redirectUrl, desk);
}

function readDecision(params: URLSearchParams): boolean {
  const decision = requiredParameter(params, 'decision');
  // Anything but the two buttons is no answer: least of all an Allow.
  if (decision === 'allow' || decision === 'deny') return decision === 'allow';
  throw new OAuthError('invalid_request', 'decision must be allow or deny; use the buttons of the page');
}
