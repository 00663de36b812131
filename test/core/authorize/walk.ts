import { answerConsent } from '../../../lambdas/core/authorize/answer-consent.ts';
import type { OpenedConsent } from '../../../lambdas/core/authorize/open-consent.ts';
import { openConsent } from '../../../lambdas/core/authorize/open-consent.ts';
import { checkAuthorizationRequest } from '../../../lambdas/core/authorize/pipeline.ts';
import { startInteraction } from '../../../lambdas/core/authorize/start-interaction.ts';
import { digest } from '../../../lambdas/core/digest.ts';
import { goodRequest } from '../fixtures.ts';
import type { House } from '../house.ts';

export const browserCookie = 'cookie-of-this-browser';

/** Parameters of a request; a list is sent as repeated parameters, undefined not at all. */
export type Values = Record<string, string | readonly string[] | undefined>;

/** A request of the house's client with nothing wrong but what `changes` makes wrong. */
export function requestOf(house: House, changes: Values = {}): URLSearchParams {
  const params = goodRequest({ client_id: house.client.clientId });
  for (const [name, value] of Object.entries(changes)) {
    params.delete(name);
    for (const one of [value ?? []].flat()) params.append(name, one);
  }
  return params;
}

/** Where a request leads a browser in which the house's person is signed in. */
export async function ask(house: House, params: URLSearchParams) {
  const outcome = await checkAuthorizationRequest(params, house.deps);
  if (outcome.kind !== 'accepted') throw outcome.error;
  const { interactions, clock } = house.deps;
  const { person } = house;
  const startedAt = clock.now();
  await interactions.startSession({ digest: digest('session'), person, startedAt, expiresAt: startedAt + 600 });
  return startInteraction(outcome, { browserCookie, sessionCookie: 'session' }, house.deps);
}

/** The consent page to which a request leads. */
export async function pageFor(house: House, params: URLSearchParams): Promise<OpenedConsent & { id: string }> {
  const step = await ask(house, params);
  if (step.kind !== 'consent') throw new Error(`no page but ${step.kind}`);
  return {
    id: step.transactionId,
    ...(await openConsent({ transactionId: step.transactionId, browserCookie }, house.deps)),
  };
}

/** Presses Allow, with every tick as the page has it but those in `untick`. @returns where the browser goes */
export async function allow(house: House, page: OpenedConsent & { id: string }, untick: readonly string[] = []) {
  const ticks = page.view.servers.flatMap(({ scopes, allowedBefore }) => [...scopes, ...allowedBefore]);
  const scopes = ticks.map(({ tick }) => tick).filter((tick) => !untick.includes(tick));
  const given = { transactionId: page.id, browserCookie, csrf: page.csrf, allow: true, scopes };
  return new URL((await answerConsent(given, house.deps)).redirectUrl);
}

/** The code of a request: from memory, or from a page on which everything is allowed but `untick`. */
export async function codeOf(house: House, params: URLSearchParams, untick: readonly string[] = []): Promise<string> {
  const step = await ask(house, params);
  if (step.kind === 'answered') return new URL(step.url).searchParams.get('code') ?? '';
  if (step.kind !== 'consent') throw new Error(step.kind);
  const opened = await openConsent({ transactionId: step.transactionId, browserCookie }, house.deps);
  const url = await allow(house, { id: step.transactionId, ...opened }, untick);
  return url.searchParams.get('code') ?? '';
}
