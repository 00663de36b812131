import { describe, expect, test } from 'vitest';
import { answerConsent } from '../../../lambdas/core/authorize/answer-consent.ts';
import { openConsent } from '../../../lambdas/core/authorize/open-consent.ts';
import { switchAccount } from '../../../lambdas/core/authorize/switch-account.ts';
import { refusal } from '../fixtures.ts';
import type { Values } from '../authorize/walk.ts';
import { claimsOf, redeem } from '../grants/flow.ts';
import { enterpriseOf } from '../id-jag/enterprise.ts';
import { useHouse } from '../house.ts';
import type { House } from '../house.ts';
import { ask, atProvider, browserCookie, comeBack } from './requests.ts';
import { endAll, guardOf } from './scene.ts';

const newHouse = useHouse();

async function allow(house: House, transactionId: string) {
  const { csrf } = await openConsent({ transactionId, browserCookie }, house.deps);
  const scopes = ['0 todos:write', 'todos:write'];
  return answerConsent({ transactionId, browserCookie, csrf, allow: true, scopes }, house.deps);
}

/** A browser in which the person has signed in and allowed the client, a second ago. */
async function connected(house: House): Promise<string> {
  const { sessionCookie = '' } = await comeBack(house, await atProvider(house));
  const step = await ask(house, sessionCookie);
  if (step.kind === 'consent') await allow(house, step.transactionId);
  house.deps.clock.forward(1);
  expect(await ask(house, sessionCookie)).toMatchObject({ kind: 'answered' });
  house.deps.clock.forward(1);
  return sessionCookie;
}

describe('F-D6 browsers in which the person was signed in when everything ended', () => {
  test.each<[string, Values]>([
    ['usual', {}],
    ['asks for consent', { prompt: 'consent' }],
    ['has asked this before', { scope: 'todos:read' }],
  ])('sign in anew for a request that is %s', async (_, changes) => {
    const house = await newHouse();
    const sessionCookie = await connected(house);
    await endAll(house, 'person');
    expect(await ask(house, sessionCookie, changes)).toMatchObject({ kind: 'sign-in' });
  });

  test('are nobody’s where no page may be shown', async () => {
    const house = await newHouse();
    const sessionCookie = await connected(house);
    expect(await ask(house, sessionCookie, { prompt: 'none' })).toMatchObject({ url: /[?&]code=/ });
    await endAll(house, 'person');
    const answered = await ask(house, sessionCookie, { prompt: 'none' });
    expect(answered).toMatchObject({
      kind: 'answered',
      url: expect.stringContaining('error=login_required') as string,
    });
  });

  test('stay signed in when only a consent or a client ended, and the person is asked again', async () => {
    const house = await newHouse();
    const sessionCookie = await connected(house);
    for (const what of ['consent', 'client'] as const) {
      await endAll(house, what);
      const step = await ask(house, sessionCookie);
      expect(step).toMatchObject({ kind: 'consent' });
      if (step.kind === 'consent') await allow(house, step.transactionId);
      house.deps.clock.forward(1);
      expect(await ask(house, sessionCookie)).toMatchObject({ kind: 'answered' });
    }
  });

  test('cost one read more than before, beside the one of the consent', async () => {
    const house = await newHouse();
    const sessionCookie = await connected(house);
    for (const name of Object.keys(house.calls)) delete house.calls[name];
    await ask(house, sessionCookie);
    // Client and consent are both `find`.
    expect(house.calls).toEqual({ find: 2, findSession: 1, latestOfEach: 1, create: 1 });
  });
});

describe('F-D6 a sign-in that waited while everything ended', () => {
  test('is refused when it comes back from the provider, and signs nobody in', async () => {
    const house = await newHouse();
    const state = await atProvider(house);
    house.deps.clock.forward(1);
    await endAll(house, 'person');
    const error = await refusal(() => comeBack(house, state));
    expect(error).toMatchObject({ code: 'invalid_request', reason: 'sign_in_ended' });
    expect((await refusal(() => openConsent({ transactionId: state, browserCookie }, house.deps))).reason).toBe(
      'sign_in_ended',
    );
  });

  test.each(['at the provider', 'by a session'])('is refused at the consent page: it was %s', async (where) => {
    const house = await newHouse();
    const { sessionCookie = '', ...first } = await comeBack(house, await atProvider(house));
    house.deps.clock.forward(1);
    const step = where === 'by a session' ? await ask(house, sessionCookie) : first;
    if (step.kind !== 'consent') throw new Error(step.kind);
    const { transactionId } = step;
    const { csrf } = await openConsent({ transactionId, browserCookie }, house.deps);
    await endAll(house, 'person');
    const decision = { transactionId, browserCookie, csrf, allow: true, scopes: [] };
    expect((await refusal(() => openConsent(decision, house.deps))).reason).toBe('sign_in_ended');
    expect((await refusal(() => answerConsent(decision, house.deps))).reason).toBe('sign_in_ended');
    expect(house.calls).not.toHaveProperty('create');
    expect(house.calls).not.toHaveProperty('remember');
  });

  test('is a new one once the person has changed the account', async () => {
    const house = await newHouse();
    const state = await atProvider(house);
    await comeBack(house, state);
    const { csrf } = await openConsent({ transactionId: state, browserCookie }, house.deps);
    house.deps.clock.forward(1);
    await endAll(house, 'person');
    await switchAccount({ transactionId: state, browserCookie, csrf }, house.deps);
    expect(await comeBack(house, state)).toMatchObject({ kind: 'consent' });
  });

  test('a fresh one works, whatever the provider says when it saw the person', async () => {
    const house = await newHouse();
    await connected(house);
    await endAll(house, 'person');
    house.deps.identityProvider.person = { ...house.person, authTime: 1 };
    const { sessionCookie, ...step } = await comeBack(house, await atProvider(house));
    if (step.kind !== 'consent') throw new Error(step.kind);
    const { redirectUrl } = await allow(house, step.transactionId);
    const { access_token } = await redeem(house, new URL(redirectUrl).searchParams.get('code') ?? '');
    expect(await guardOf(house)(access_token)).toBe(true);
    house.deps.clock.forward(1);
    expect(await ask(house, sessionCookie)).toMatchObject({ kind: 'answered' });
  });
});

test('F-D6 X-EMA1 what the issuer of an enterprise said before everything ended opens nothing', async () => {
  const house = await newHouse();
  const { present, assertion } = await enterpriseOf(house);
  const early = await assertion();
  house.deps.clock.forward(1);
  const { sub } = claimsOf((await present(await assertion({ jti: 'other' }))).access_token);
  await endAll({ ...house, person: { ...house.person, sub: String(sub) } }, 'person');
  expect(await guardOf(house)((await present(early)).access_token)).toBe(false);
  const late = await assertion({ jti: 'late', iat: house.deps.clock.now() });
  expect(await guardOf(house)((await present(late)).access_token)).toBe(true);
});
