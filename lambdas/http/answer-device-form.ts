import type { Context } from 'hono';
import { consentCsrf } from '../core/authorize/consent-csrf.ts';
import { answerDevice } from '../core/device/answer-device.ts';
import { enterUserCode } from '../core/device/enter-user-code.ts';
import { sameText } from '../core/digest.ts';
import { OAuthError } from '../core/errors.ts';
import { parameter, parameterValues, requiredParameter } from '../core/parameters.ts';
import { codeForm, showCodeForm } from './device.ts';
import type { Desk } from './interaction-app.ts';
import { deviceDonePage } from './pages/device-done-page.ts';
import { leave } from './proceed.ts';
import { readDecision } from './read-decision.ts';
import { readForm } from './read-params.ts';
import { requireSameOrigin } from './same-origin.ts';
import { whereabouts } from './whereabouts.ts';

/** Ticks of one page; more than all scopes of all servers together. */
const mostTicks = 512;

/** Takes a code that was entered, or the answer of a person, to core. */
export async function answerDeviceForm(context: Context, desk: Desk): Promise<Response> {
  requireSameOrigin(context, desk.issuer);
  const params = await readForm(context);
  const signInId = parameter(params, 'transaction');
  return signInId === undefined ? takeCode(context, params, desk) : takeAnswer(context, params, signInId, desk);
}

async function takeCode(context: Context, params: URLSearchParams, desk: Desk): Promise<Response> {
  const browserCookie = desk.cookies.read(context, 'browser');
  const csrf = requiredParameter(params, 'csrf');
  if (browserCookie === undefined || !sameText(csrf, consentCsrf(browserCookie, codeForm))) {
    throw new OAuthError('invalid_request', 'the form was not made here, or cookies are blocked; open it again', {
      reason: 'csrf',
    });
  }
  const typed = parameter(params, 'user_code') ?? '';
  const sessionCookie = desk.cookies.read(context, 'session');
  const from = { browserCookie, ...whereabouts(context), ...(sessionCookie !== undefined && { sessionCookie }) };
  const outcome = await enterUserCode(typed, from, desk);
  if (outcome.kind === 'continue') {
    return leave(`${desk.issuer}/device?transaction=${outcome.signInId}`, desk);
  }
  if (outcome.kind === 'wrong') {
    desk.log.info('user code refused', { reason: 'unknown' });
    return showCodeForm(context, desk, { userCode: typed, problem: 'wrong' }, { status: 400 });
  }
  const headers = { 'Retry-After': String(outcome.seconds) };
  return showCodeForm(context, desk, { problem: 'wait', seconds: outcome.seconds }, { status: 429, headers });
}

async function takeAnswer(context: Context, params: URLSearchParams, signInId: string, desk: Desk): Promise<Response> {
  const browserCookie = desk.cookies.read(context, 'browser');
  const decision = {
    signInId,
    csrf: requiredParameter(params, 'csrf'),
    allow: readDecision(params),
    scopes: parameterValues(params, 'scope', mostTicks),
    ...(browserCookie !== undefined && { browserCookie }),
  };
  const { allowed } = await answerDevice(decision, desk);
  return desk.send(deviceDonePage(allowed), { deadEnd: true });
}
