import { describe, expect, test } from 'vitest';
import { answerDevice } from '../../../lambdas/core/device/answer-device.ts';
import { completeDeviceSignIn } from '../../../lambdas/core/device/complete-device-sign-in.ts';
import { enterUserCode } from '../../../lambdas/core/device/enter-user-code.ts';
import { openDevice } from '../../../lambdas/core/device/open-device.ts';
import { arrive, begin, browserOf, poll, terminal } from '../device/flow.ts';
import { form, refusal } from '../fixtures.ts';
import { useHouse } from '../house.ts';
import { atProvider, comeBack } from './requests.ts';
import { endAll, guardOf } from './scene.ts';

const newHouse = useHouse();

describe('F-D6 RFC 8628 devices', () => {
  test('a session that ended does not answer for a device', async () => {
    const house = await newHouse();
    const { sessionCookie = '' } = await comeBack(house, await atProvider(house));
    house.deps.clock.forward(1);
    const client = await terminal(house);
    const { user_code } = await begin(house, client);
    await endAll(house, 'person');
    const entered = await enterUserCode(user_code, { ...browserOf(house), sessionCookie }, house.deps);
    if (entered.kind !== 'continue') throw new Error(entered.kind);
    expect(
      await house.deps.deviceAuthorizations.findSignIn(entered.signInId, house.deps.clock.now()),
    ).not.toHaveProperty('person');
  });

  test('a sign-in for a device that waited is refused, and leaves no session', async () => {
    const house = await newHouse();
    const { user_code } = await begin(house, await terminal(house));
    const browser = browserOf(house);
    const entered = await enterUserCode(user_code, browser, house.deps);
    if (entered.kind !== 'continue') throw new Error(entered.kind);
    house.deps.clock.forward(1);
    await endAll(house, 'person');
    const answer = form({ state: entered.signInId, code: 'x' });
    expect((await refusal(() => completeDeviceSignIn(answer, browser, house.deps))).reason).toBe('sign_in_ended');
    expect(house.calls).not.toHaveProperty('startSession');
  });

  test('the page of a device that waited is refused, and so is its answer', async () => {
    const house = await newHouse();
    const { user_code } = await begin(house, await terminal(house));
    const { signInId, csrf, browserCookie: cookie } = await arrive(house, user_code);
    house.deps.clock.forward(1);
    await endAll(house, 'person');
    const decision = { signInId, browserCookie: cookie, csrf, allow: true, scopes: ['todos:write'] };
    expect((await refusal(() => openDevice(decision, house.deps))).reason).toBe('sign_in_ended');
    expect((await refusal(() => answerDevice(decision, house.deps))).reason).toBe('sign_in_ended');
  });

  test.each(['consent', 'client', 'person'] as const)(
    'an answer that waits for its device when the %s ends gives tokens that no door takes',
    async (what) => {
      const house = await newHouse();
      const client = await terminal(house);
      const { user_code, device_code } = await begin(house, client);
      const { signInId, csrf, browserCookie: cookie } = await arrive(house, user_code);
      const decision = { signInId, browserCookie: cookie, csrf, allow: true, scopes: ['todos:write'] };
      await answerDevice(decision, house.deps);
      house.deps.clock.forward(1);
      await endAll(house, what, client.clientId);
      const { access_token, refresh_token } = await poll(house, client, device_code);
      expect(await guardOf(house)(access_token)).toBe(false);
      const params = { grant_type: 'refresh_token', client_id: client.clientId, refresh_token };
      expect((await refusal(() => poll(house, client, device_code, params))).code).toBe('invalid_grant');
    },
  );
});
