import { describe, expect, test } from 'vitest';
import { answerDevice } from '../../../lambdas/core/device/answer-device.ts';
import { completeDeviceSignIn } from '../../../lambdas/core/device/complete-device-sign-in.ts';
import { enterUserCode } from '../../../lambdas/core/device/enter-user-code.ts';
import { openDevice } from '../../../lambdas/core/device/open-device.ts';
import { completeSignIn } from '../../../lambdas/core/authorize/complete-sign-in.ts';
import { openConsent } from '../../../lambdas/core/authorize/open-consent.ts';
import { IdentityProviderError } from '../../../lambdas/core/ports/identity-provider.ts';
import { form, refusal } from '../fixtures.ts';
import { useHouse } from '../house.ts';
import type { House } from '../house.ts';
import { answer, arrive, begin, browserOf, poll, terminal } from './flow.ts';

const newHouse = useHouse();
const wrong = 'BBBB-BBBB';

async function waiting(house: House) {
  const client = await terminal(house);
  return { client, ...(await begin(house, client)) };
}

describe('RFC 8628 §5.1 guesses', () => {
  test('after five wrong codes a browser must wait, even with the right one', async () => {
    const house = await newHouse();
    const { user_code } = await waiting(house);
    const browser = browserOf(house, '198.51.100.1');
    for (let tries = 0; tries < 5; tries += 1) {
      expect((await enterUserCode(wrong, browser, house.deps)).kind).toBe('wrong');
    }
    const outcome = await enterUserCode(user_code, browser, house.deps);
    expect(outcome).toMatchObject({ kind: 'wait', seconds: expect.any(Number) as unknown });
    house.deps.clock.forward(300);
    expect((await enterUserCode(user_code, browser, house.deps)).kind).toBe('continue');
  });

  test('a new browser does not help: the network has twenty', async () => {
    const house = await newHouse();
    await waiting(house);
    const kinds: string[] = [];
    for (let tries = 0; tries < 25; tries += 1) {
      kinds.push((await enterUserCode(wrong, browserOf(house, '198.51.100.2'), house.deps)).kind);
    }
    expect(kinds.filter((kind) => kind === 'wrong')).toHaveLength(20);
    expect(kinds.slice(20)).toEqual(Array.from({ length: 5 }, () => 'wait'));
    expect((await enterUserCode(wrong, browserOf(house, '198.51.100.3'), house.deps)).kind).toBe('wrong');
  });

  test('a forged viewer address does not help: the connection has two hundred', async () => {
    const house = await newHouse();
    let refused = 0;
    for (let tries = 0; tries < 210; tries += 1) {
      const browser = { ...browserOf(house, `10.0.${tries}.1`), connection: '198.51.100.4' };
      if ((await enterUserCode(wrong, browser, house.deps)).kind === 'wait') refused += 1;
    }
    expect(refused).toBe(10);
  });

  test('of 20 at once from one browser five are looked up', async () => {
    const house = await newHouse();
    const browser = browserOf(house, '198.51.100.5');
    const all = Array.from({ length: 20 }, () => enterUserCode(wrong, browser, house.deps));
    const kinds = (await Promise.all(all)).map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === 'wrong')).toHaveLength(5);
  });

  test('right codes and slips of the finger do not count', async () => {
    const house = await newHouse();
    const browser = browserOf(house, '198.51.100.6');
    for (let devices = 0; devices < 6; devices += 1) {
      const { user_code } = await waiting(house);
      expect((await enterUserCode('BBB', browser, house.deps)).kind).toBe('wrong');
      expect((await enterUserCode(user_code, browser, house.deps)).kind).toBe('continue');
    }
  });
});

describe('RFC 8628 §3.3 the way of the person', () => {
  test('a right code allows nothing: the person must sign in, and is asked', async () => {
    const house = await newHouse();
    const { client, device_code, user_code } = await waiting(house);
    const { view, person, signInId, browserCookie, csrf } = await arrive(house, user_code);
    expect(view).toMatchObject({ clientId: client.clientId, evidence: 'self-asserted' });
    expect(view).not.toHaveProperty('redirect');
    expect(person).toMatchObject({ sub: house.person.sub });
    expect((await refusal(() => poll(house, client, device_code))).code).toBe('authorization_pending');
    const decision = { signInId, browserCookie, csrf, allow: true, scopes: [] };
    expect(await answerDevice(decision, house.deps)).toEqual({ allowed: true });
  });

  test('who is signed in already is asked as well, and again for the next device', async () => {
    const house = await newHouse();
    const first = await waiting(house);
    const { sessionCookie } = await arrive(house, first.user_code);
    await answer(house, first.user_code, true);
    const second = await begin(house, first.client);
    const browser = { ...browserOf(house), sessionCookie: String(sessionCookie) };
    const entered = await enterUserCode(second.user_code, browser, house.deps);
    if (entered.kind !== 'continue') throw new Error(entered.kind);
    const opened = await openDevice({ signInId: entered.signInId, browserCookie: browser.browserCookie }, house.deps);
    expect(opened.kind).toBe('consent');
    house.deps.clock.forward(5);
    expect((await refusal(() => poll(house, first.client, second.device_code))).code).toBe('authorization_pending');
  });

  test('AS-49 pain 26: another browser cannot go on, with the address or with the callback', async () => {
    const house = await newHouse();
    const { user_code } = await waiting(house);
    const { signInId, csrf } = await arrive(house, user_code);
    const browserCookie = house.deps.entropy.token(32);
    const decision = { signInId, browserCookie, csrf, allow: true, scopes: [] };
    for (const act of [
      () => openDevice({ signInId, browserCookie }, house.deps),
      () => openDevice({ signInId }, house.deps),
      () => completeDeviceSignIn(form({ state: signInId, code: 'x' }), { browserCookie }, house.deps),
      () => answerDevice(decision, house.deps),
    ]) {
      expect((await refusal(act)).reason).toBe('other_browser');
    }
  });

  test('AS-49 a forged form is refused', async () => {
    const house = await newHouse();
    const { user_code } = await waiting(house);
    const { signInId, browserCookie } = await arrive(house, user_code);
    const decision = { signInId, browserCookie, csrf: 'forged', allow: true, scopes: [] };
    expect((await refusal(() => answerDevice(decision, house.deps))).reason).toBe('csrf');
  });

  test('nobody answers who has not signed in', async () => {
    const house = await newHouse();
    const { user_code } = await waiting(house);
    const browser = browserOf(house);
    const entered = await enterUserCode(user_code, browser, house.deps);
    if (entered.kind !== 'continue') throw new Error(entered.kind);
    const { signInId } = entered;
    const { browserCookie } = browser;
    expect(await openDevice({ signInId, browserCookie }, house.deps)).toMatchObject({ kind: 'sign-in' });
    const decision = { signInId, browserCookie, csrf: 'x', allow: true, scopes: [] };
    expect((await refusal(() => answerDevice(decision, house.deps))).reason).toBe('unknown_transaction');
  });

  test('the first of two answers counts, from whichever browser', async () => {
    const house = await newHouse();
    const { client, device_code, user_code } = await waiting(house);
    const [one, two] = [await arrive(house, user_code), await arrive(house, user_code)];
    await answerDevice({ ...one, allow: false, scopes: [] }, house.deps);
    const late = await refusal(() => answerDevice({ ...two, allow: true, scopes: [] }, house.deps));
    expect(late.reason).toBe('already_answered');
    expect((await refusal(() => poll(house, client, device_code))).code).toBe('access_denied');
  });

  test('an answered code is no code any more', async () => {
    const house = await newHouse();
    const { user_code } = await waiting(house);
    await answer(house, user_code, true);
    expect((await enterUserCode(user_code, browserOf(house), house.deps)).kind).toBe('wrong');
  });

  test('an expired code is no code any more, and a page that waited too long is over', async () => {
    const house = await newHouse();
    const { user_code } = await waiting(house);
    const { signInId, browserCookie, csrf } = await arrive(house, user_code);
    house.deps.clock.forward(600);
    expect((await enterUserCode(user_code, browserOf(house), house.deps)).kind).toBe('wrong');
    const decision = { signInId, browserCookie, csrf, allow: true, scopes: [] };
    expect((await refusal(() => answerDevice(decision, house.deps))).reason).toBe('unknown_transaction');
  });

  test('where sign-in fails the device waits on, and the person can try again', async () => {
    const house = await newHouse();
    const { user_code } = await waiting(house);
    const person = house.deps.identityProvider.person;
    house.deps.identityProvider.person = new IdentityProviderError('denied', 'no');
    expect((await refusal(() => arrive(house, user_code))).code).toBe('access_denied');
    house.deps.identityProvider.person = person;
    expect(await answer(house, user_code, true)).toEqual({ allowed: true });
  });

  test('a reloaded callback counts once', async () => {
    const house = await newHouse();
    const { user_code } = await waiting(house);
    const { signInId, browserCookie } = await arrive(house, user_code);
    const again = await completeDeviceSignIn(form({ state: signInId, code: 'x' }), { browserCookie }, house.deps);
    expect(again).toEqual({ signInId });
  });

  test('the sign-in of a device is none of an authorization request', async () => {
    const house = await newHouse();
    const { user_code } = await waiting(house);
    const { signInId, browserCookie } = await arrive(house, user_code);
    const asTransaction = () => openConsent({ transactionId: signInId, browserCookie }, house.deps);
    expect((await refusal(asTransaction)).reason).toBe('unknown_transaction');
    const asState = () => completeSignIn(form({ state: signInId, code: 'x' }), { browserCookie }, house.deps);
    expect((await refusal(asState)).reason).toBe('unknown_transaction');
  });
});
