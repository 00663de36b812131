import { answerConsent } from '../../../lambdas/core/authorize/answer-consent.ts';
import { completeSignIn } from '../../../lambdas/core/authorize/complete-sign-in.ts';
import { openConsent } from '../../../lambdas/core/authorize/open-consent.ts';
import { checkAuthorizationRequest } from '../../../lambdas/core/authorize/pipeline.ts';
import { startInteraction } from '../../../lambdas/core/authorize/start-interaction.ts';
import { answerDevice } from '../../../lambdas/core/device/answer-device.ts';
import type { TokenResponse } from '../../../lambdas/core/grants/exchange-token.ts';
import { requestOf } from '../authorize/walk.ts';
import type { Values } from '../authorize/walk.ts';
import { arrive, begin, poll } from '../device/flow.ts';
import { form } from '../fixtures.ts';
import { codeFor, redeem, refresh } from '../grants/flow.ts';
import type { House } from '../house.ts';

export const browserCookie = 'cookie-of-this-browser';

/** An authorization request of a browser. */
export async function ask(house: House, sessionCookie?: string, changes: Values = {}) {
  const accepted = await checkAuthorizationRequest(requestOf(house, changes), house.deps);
  if (accepted.kind !== 'accepted') throw accepted.error;
  return startInteraction(accepted, { browserCookie, ...(sessionCookie && { sessionCookie }) }, house.deps);
}

/** A browser on its way to the identity provider. @returns `state` there */
export async function atProvider(house: House): Promise<string> {
  const step = await ask(house);
  if (step.kind !== 'sign-in') throw new Error(step.kind);
  return new URL(step.url).searchParams.get('state') ?? '';
}

/** Comes back from there. */
export const comeBack = (house: House, state: string) =>
  completeSignIn(form({ state, code: 'x' }), { browserCookie }, house.deps);

async function decisionOn(house: House, transactionId: string) {
  const { csrf } = await openConsent({ transactionId, browserCookie }, house.deps);
  return { transactionId, browserCookie, csrf, allow: true, scopes: ['todos:write'] };
}

const codeIn = (url: string) => new URL(url).searchParams.get('code') ?? '';

/** What becomes of a request that began a moment before access ended: tokens, sessions. */
export interface Spoils {
  readonly tokens?: TokenResponse;
  readonly sessionCookie?: string | undefined;
}

/** Gets a request ready; what it returns is the request itself. */
type Prepared = (house: House) => Promise<() => Promise<Spoils>>;

/** Every request that gives access. */
export const requests: readonly (readonly [string, Prepared])[] = [
  [
    'an answer from memory',
    async (house) => {
      const { sessionCookie } = await comeBack(house, await atProvider(house));
      const step = await ask(house, sessionCookie);
      if (step.kind !== 'consent') throw new Error(step.kind);
      await answerConsent(await decisionOn(house, step.transactionId), house.deps);
      return async () => {
        const answered = await ask(house, sessionCookie);
        return { sessionCookie, tokens: await redeem(house, answered.kind === 'answered' ? codeIn(answered.url) : '') };
      };
    },
  ],
  [
    'an answer on the consent page',
    async (house) => {
      const state = await atProvider(house);
      await comeBack(house, state);
      const decision = await decisionOn(house, state);
      return async () => {
        const { redirectUrl } = await answerConsent(decision, house.deps);
        return { tokens: await redeem(house, codeIn(redirectUrl)) };
      };
    },
  ],
  [
    'the redemption of a code',
    async (house) => {
      const { code } = await codeFor(house);
      return async () => ({ tokens: await redeem(house, code) });
    },
  ],
  [
    'a refresh',
    async (house) => {
      const { code } = await codeFor(house);
      const { refresh_token } = await redeem(house, code);
      return async () => ({ tokens: await refresh(house, refresh_token) });
    },
  ],
  [
    'an answer for a device',
    async (house) => {
      const { client } = house;
      const { user_code, device_code } = await begin(house, client);
      const { signInId, csrf, browserCookie: cookie } = await arrive(house, user_code);
      return async () => {
        const decision = { signInId, browserCookie: cookie, csrf, allow: true, scopes: ['todos:write'] };
        await answerDevice(decision, house.deps);
        return { tokens: await poll(house, client, device_code) };
      };
    },
  ],
];

/** The one that signs a browser in. */
export const signIn: readonly [string, Prepared] = [
  'a sign-in',
  async (house) => {
    const state = await atProvider(house);
    return async () => ({ sessionCookie: (await comeBack(house, state)).sessionCookie });
  },
];
