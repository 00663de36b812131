import { answerConsent } from '../../../lambdas/core/authorize/answer-consent.ts';
import { completeSignIn } from '../../../lambdas/core/authorize/complete-sign-in.ts';
import type { NextStep } from '../../../lambdas/core/authorize/interaction.ts';
import { openConsent } from '../../../lambdas/core/authorize/open-consent.ts';
import { checkAuthorizationRequest } from '../../../lambdas/core/authorize/pipeline.ts';
import { startInteraction } from '../../../lambdas/core/authorize/start-interaction.ts';
import type { TokenResponse } from '../../../lambdas/core/grants/exchange-token.ts';
import { form, goodRequest } from '../fixtures.ts';
import { redeem } from '../grants/flow.ts';
import type { House } from '../house.ts';

export const browserCookie = 'cookie-of-this-browser';

export type Values = Record<string, string | undefined>;

/** A request that only signs the person in, where `changes` say nothing else. */
export const openIdOnly: Values = { scope: 'openid profile email', resource: undefined, nonce: 'nonce-1' };

export async function accepted(house: House, changes: Values = {}) {
  const params = goodRequest({ client_id: house.client.clientId, ...changes });
  const outcome = await checkAuthorizationRequest(params, house.deps);
  if (outcome.kind !== 'accepted') throw outcome.error;
  return outcome;
}

/** Sends a request. @param sessionCookie of the browser, if somebody is signed in there */
export async function start(house: House, changes: Values = {}, sessionCookie?: string): Promise<NextStep> {
  const browser = { browserCookie, ...(sessionCookie === undefined ? {} : { sessionCookie }) };
  return startInteraction(await accepted(house, changes), browser, house.deps);
}

/** The id of the transaction that a step leads to. */
export function transactionOf(step: NextStep): string {
  if (step.kind === 'consent') return step.transactionId;
  return new URL(step.url).searchParams.get('state') ?? '';
}

/** Lets the identity provider's person sign in. */
export function callback(house: House, state: string) {
  return completeSignIn(form({ state, code: 'upstream' }), { browserCookie }, house.deps);
}

/** Allows everything on the consent page. @returns where the browser goes */
export async function allow(house: House, transactionId: string): Promise<URL> {
  const { csrf, view } = await openConsent({ transactionId, browserCookie }, house.deps);
  const ticks = view.servers.flatMap(({ scopes, allowedBefore }) => [...scopes, ...allowedBefore]);
  const answer = { transactionId, browserCookie, csrf, allow: true, scopes: ticks.map(({ tick }) => tick) };
  return new URL((await answerConsent(answer, house.deps)).redirectUrl);
}

/** The whole way to tokens: sign-in, consent, code. */
export async function signIn(
  house: House,
  changes: Values = {},
): Promise<{ readonly tokens: TokenResponse; readonly sessionCookie: string }> {
  const step = await callback(house, transactionOf(await start(house, changes)));
  const url = step.kind === 'consent' ? await allow(house, step.transactionId) : new URL(transactionUrl(step));
  const tokens = await redeem(house, url.searchParams.get('code') ?? '');
  return { tokens, sessionCookie: step.sessionCookie ?? '' };
}

function transactionUrl(step: NextStep): string {
  return step.kind === 'answered' ? step.url : '';
}

/** The error with which the client is answered; undefined if it is not. */
export function errorIn(step: NextStep): string | undefined {
  return step.kind === 'answered' ? (new URL(step.url).searchParams.get('error') ?? undefined) : undefined;
}
