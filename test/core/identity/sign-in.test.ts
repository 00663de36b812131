import { describe, expect, test } from 'vitest';
import { openConsent } from '../../../lambdas/core/authorize/open-consent.ts';
import { switchAccount } from '../../../lambdas/core/authorize/switch-account.ts';
import { digest } from '../../../lambdas/core/digest.ts';
import { refusal } from '../fixtures.ts';
import { claimsOf, redeem } from '../grants/flow.ts';
import { useHouse } from '../house.ts';
import type { House } from '../house.ts';
import { allow, browserCookie, callback, errorIn, openIdOnly, signIn, start, transactionOf } from './walk.ts';
import type { Values } from './walk.ts';

const newHouse = useHouse();

/** The person signs in once more, now. */
function signsInNow(house: House): void {
  house.deps.identityProvider.person = { ...house.person, authTime: house.deps.clock.now() };
}

describe('OIDC Core §3.1.2.6 prompt=none shows no page', () => {
  const silent = { ...openIdOnly, prompt: 'none' };

  test('nobody is signed in: login_required, with state and iss, and nothing is stored', async () => {
    const house = await newHouse();
    const step = await start(house, silent);
    expect(errorIn(step)).toBe('login_required');
    expect(step.kind === 'answered' && [...new URL(step.url).searchParams.keys()]).toContain('iss');
    expect(house.calls).not.toHaveProperty('begin');
    expect(house.deps.identityProvider.asked).toBeUndefined();
  });

  test('not allowed before: consent_required', async () => {
    const house = await newHouse();
    const { sessionCookie } = await signIn(house, openIdOnly);
    expect(errorIn(await start(house, { ...silent, scope: 'todos:read openid' }, sessionCookie))).toBe(
      'consent_required',
    );
  });

  test('signed in too long ago for max_age: login_required', async () => {
    const house = await newHouse();
    const { sessionCookie } = await signIn(house, openIdOnly);
    house.deps.clock.forward(61);
    expect(errorIn(await start(house, { ...silent, max_age: '60' }, sessionCookie))).toBe('login_required');
  });

  test('signed in and allowed: a code', async () => {
    const house = await newHouse();
    const { sessionCookie } = await signIn(house, openIdOnly);
    const step = await start(house, silent, sessionCookie);
    const code = step.kind === 'answered' ? new URL(step.url).searchParams.get('code') : undefined;
    expect(await redeem(house, code ?? '')).toHaveProperty('id_token');
  });

  test('it holds for a plain OAuth request too', async () => {
    const house = await newHouse();
    expect(errorIn(await start(house, { prompt: 'none' }))).toBe('login_required');
  });
});

describe('OIDC Core §3.1.2.1 prompt=login, select_account and max_age', () => {
  test.each<[string, Values, number, object | undefined]>([
    ['prompt=login', { prompt: 'login' }, 0, { prompt: 'login', maxAge: 0 }],
    [
      'prompt=login in an OpenID request with a hint',
      { ...openIdOnly, prompt: 'login', login_hint: 'ada' },
      0,
      { loginHint: 'ada' },
    ],
    ['prompt=select_account', { prompt: 'select_account' }, 0, { prompt: 'select_account' }],
    ['prompt=login select_account', { prompt: 'select_account login' }, 0, { prompt: 'login' }],
    ['max_age=0', { max_age: '0' }, 1, { prompt: 'login', maxAge: 0 }],
    ['max_age that has passed', { max_age: '60' }, 61, { prompt: 'login', maxAge: 60 }],
    ['max_age that has not passed', { max_age: '60' }, 60, undefined],
  ])('%s', async (_name, changes, seconds, asked) => {
    const house = await newHouse();
    const { sessionCookie } = await signIn(house);
    house.deps.identityProvider.asked = undefined;
    house.deps.clock.forward(seconds);
    const step = await start(house, changes, sessionCookie);
    expect(step.kind).toBe(asked ? 'sign-in' : 'answered');
    if (asked) expect(house.deps.identityProvider.asked).toMatchObject(asked);
    else expect(house.deps.identityProvider.asked).toBeUndefined();
  });

  test('a plain sign-in asks nothing of the provider but its own', async () => {
    const house = await newHouse();
    await start(house, { login_hint: 'ada' });
    expect(Object.keys(house.deps.identityProvider.asked ?? {}).sort()).toEqual(['codeVerifier', 'nonce', 'state']);
  });

  test('after a forced sign-in the same request is not forced again', async () => {
    const house = await newHouse();
    const { sessionCookie } = await signIn(house);
    house.deps.clock.forward(1000);
    const step = await start(house, { prompt: 'login' }, sessionCookie);
    signsInNow(house);
    expect((await callback(house, transactionOf(step))).kind).toBe('answered');
  });

  test.each<[string, Values]>([
    ['prompt=login', { prompt: 'login' }],
    ['max_age', { max_age: '100' }],
  ])('a provider that ignores %s is not believed: login_required, no session', async (_name, changes) => {
    const house = await newHouse();
    house.deps.clock.forward(1000);
    const step = await callback(house, transactionOf(await start(house, changes)));
    expect(errorIn(step)).toBe('login_required');
    expect(step.sessionCookie).toBeUndefined();
    expect(house.calls).not.toHaveProperty('startSession');
  });

  test('a clock of the provider that is half a minute behind does not matter, a minute does', async () => {
    const house = await newHouse();
    for (const [behind, error] of [
      [30, undefined],
      [60, 'login_required'],
    ] as const) {
      const id = transactionOf(await start(house, { prompt: 'login' }));
      house.deps.identityProvider.person = { ...house.person, authTime: house.deps.clock.now() - behind };
      expect(errorIn(await callback(house, id))).toBe(error);
    }
  });
});

describe('prompt=consent', () => {
  test('an OpenID request gets the page again, with a session and after a sign-in', async () => {
    const house = await newHouse();
    const { sessionCookie } = await signIn(house, openIdOnly);
    const again = { ...openIdOnly, prompt: 'consent' };
    expect((await start(house, openIdOnly, sessionCookie)).kind).toBe('answered');
    expect((await start(house, again, sessionCookie)).kind).toBe('consent');
    expect((await callback(house, transactionOf(await start(house, again)))).kind).toBe('consent');
  });
});

describe('another account', () => {
  async function atConsent(house: House, changes: Values = {}) {
    const step = await callback(house, transactionOf(await start(house, changes)));
    const id = transactionOf(step);
    const { csrf } = await openConsent({ transactionId: id, browserCookie }, house.deps);
    return { id, csrf, sessionCookie: step.sessionCookie ?? '' };
  }

  test('the browser is signed out, and the same request goes on for whoever signs in', async () => {
    const house = await newHouse();
    const { interactions, identityProvider, clock } = house.deps;
    const { id, csrf, sessionCookie } = await atConsent(house, { ...openIdOnly, login_hint: 'p@x.example' });
    const first = identityProvider.asked;
    const url = await switchAccount({ transactionId: id, browserCookie, sessionCookie, csrf }, house.deps);
    expect(new URL(url).searchParams.get('state')).toBe(id);
    expect(identityProvider.asked).toMatchObject({ prompt: 'select_account' });
    expect(identityProvider.asked).not.toHaveProperty('loginHint');
    expect(identityProvider.asked?.nonce).not.toBe(first?.nonce);
    expect(await interactions.findSession(digest(sessionCookie), clock.now())).toBeUndefined();
    identityProvider.person = { ...house.person, sub: `${house.person.sub}-other` };
    await callback(house, id);
    const tokens = await redeem(house, (await allow(house, id)).searchParams.get('code') ?? '');
    expect(claimsOf(tokens.id_token ?? '')).toMatchObject({ sub: `${house.person.sub}-other`, nonce: 'nonce-1' });
  });

  test('what the first person allowed already never becomes the code of the second one', async () => {
    const house = await newHouse();
    const { id, csrf, sessionCookie } = await atConsent(house);
    const first = (await allow(house, id)).searchParams.get('code') ?? '';
    await switchAccount({ transactionId: id, browserCookie, sessionCookie, csrf }, house.deps);
    house.deps.identityProvider.person = { ...house.person, sub: `${house.person.sub}-other` };
    await callback(house, id);
    const second = (await allow(house, id)).searchParams.get('code') ?? '';
    expect(second).not.toBe(first);
    expect(claimsOf((await redeem(house, second)).access_token)['sub']).toBe(`${house.person.sub}-other`);
  });

  test('a double click leads to the same sign-in', async () => {
    const house = await newHouse();
    const { id, csrf, sessionCookie } = await atConsent(house);
    const asked = { transactionId: id, browserCookie, sessionCookie, csrf };
    await switchAccount(asked, house.deps);
    const before = house.deps.identityProvider.asked;
    await switchAccount(asked, house.deps);
    expect(house.deps.identityProvider.asked).toEqual(before);
  });

  test.each([
    ['another browser', { browserCookie: 'cookie-of-another-browser' }, 'other_browser'],
    ['a form that was not made here', { csrf: 'wrong' }, 'csrf'],
    ['an unknown request', { transactionId: 'A'.repeat(43) }, 'unknown_transaction'],
  ])('AS-49 %s signs nobody out', async (_name, changes, reason) => {
    const house = await newHouse();
    const { id, csrf, sessionCookie } = await atConsent(house);
    const asked = { transactionId: id, browserCookie, sessionCookie, csrf, ...changes };
    expect((await refusal(() => switchAccount(asked, house.deps))).reason).toBe(reason);
    expect(await house.deps.interactions.findSession(digest(sessionCookie), house.deps.clock.now())).toBeDefined();
  });
});
