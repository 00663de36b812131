import { answerDevice } from '../../../lambdas/core/device/answer-device.ts';
import { authorizeDevice } from '../../../lambdas/core/device/authorize-device.ts';
import type { DeviceAuthorizationResponse } from '../../../lambdas/core/device/authorize-device.ts';
import { completeDeviceSignIn } from '../../../lambdas/core/device/complete-device-sign-in.ts';
import { enterUserCode } from '../../../lambdas/core/device/enter-user-code.ts';
import { openDevice } from '../../../lambdas/core/device/open-device.ts';
import type { Client } from '../../../lambdas/core/client.ts';
import { exchangeToken } from '../../../lambdas/core/grants/exchange-token.ts';
import { form, publicClient, todos } from '../fixtures.ts';
import type { House } from '../house.ts';

export const deviceCode = 'urn:ietf:params:oauth:grant-type:device_code';

type Values = Record<string, string | undefined>;

/** A public client of the house that works without a browser. */
export async function terminal(house: House, changes: Partial<Client> = {}): Promise<Client> {
  const client: Client = {
    ...publicClient,
    clientId: `terminal-${house.deps.entropy.token(6)}`,
    redirectUris: [],
    responseTypes: [],
    grantTypes: [deviceCode, 'refresh_token'],
    ...changes,
  };
  await house.deps.clients.register(client);
  return client;
}

export function begin(house: House, client: Client, values: Values = {}): Promise<DeviceAuthorizationResponse> {
  const known = { client_id: client.clientId, scope: 'todos:read todos:write', resource: todos.resource };
  return authorizeDevice({ params: form({ ...known, ...values }) }, house.deps);
}

export function poll(house: House, client: Client, code: string, values: Values = {}) {
  const known = { grant_type: deviceCode, client_id: client.clientId, device_code: code };
  return exchangeToken({ params: form({ ...known, ...values }) }, house.deps);
}

/** A browser that nobody else has. */
export function browserOf(house: House, viewer = '192.0.2.1') {
  return { browserCookie: house.deps.entropy.token(32), viewer, connection: viewer };
}

/** Enters a right code and signs in; the person stands before the page that asks. */
export async function arrive(house: House, userCode: string, browser = browserOf(house)) {
  const entered = await enterUserCode(userCode, browser, house.deps);
  if (entered.kind !== 'continue') throw new Error(`the code was ${entered.kind}`);
  const { signInId } = entered;
  const { browserCookie } = browser;
  const { sessionCookie } = await completeDeviceSignIn(
    form({ state: signInId, code: 'x' }),
    { browserCookie },
    house.deps,
  );
  const opened = await openDevice({ signInId, browserCookie }, house.deps);
  if (opened.kind !== 'consent') throw new Error('not signed in');
  return { ...opened, signInId, browserCookie, sessionCookie };
}

/** The whole way of a person, with an answer. */
export async function answer(house: House, userCode: string, allow: boolean, scopes = ['todos:write']) {
  const { signInId, browserCookie, csrf } = await arrive(house, userCode);
  return answerDevice({ signInId, browserCookie, csrf, allow, scopes }, house.deps);
}
