import { describe, expect, test } from 'vitest';
import { answerConsent } from '../../../lambdas/core/authorize/answer-consent.ts';
import type { ConsentAnswer } from '../../../lambdas/core/authorize/answer-consent.ts';
import { completeSignIn } from '../../../lambdas/core/authorize/complete-sign-in.ts';
import { openConsent } from '../../../lambdas/core/authorize/open-consent.ts';
import { checkAuthorizationRequest } from '../../../lambdas/core/authorize/pipeline.ts';
import { startInteraction } from '../../../lambdas/core/authorize/start-interaction.ts';
import { digest } from '../../../lambdas/core/digest.ts';
import { IdentityProviderError } from '../../../lambdas/core/ports/identity-provider.ts';
import { form, goodRequest, issuer, lifetimes, mail, refusal, todos } from '../fixtures.ts';
import { redeem } from '../grants/flow.ts';
import { useHouse } from '../house.ts';
import type { House } from '../house.ts';

const newHouse = useHouse();
const browserCookie = 'cookie-of-this-browser';

type Values = Record<string, string | undefined>;

async function accepted(house: House, changes: Values = {}) {
  const outcome = await checkAuthorizationRequest(
    goodRequest({ client_id: house.client.clientId, ...changes }),
    house.deps,
  );
  if (outcome.kind !== 'accepted') throw outcome.error;
  return outcome;
}

/** Begins a request in a browser where nobody is signed in. @returns the transaction's id */
async function begin(house: House, changes: Values = {}): Promise<string> {
  const step = await startInteraction(await accepted(house, changes), { browserCookie }, house.deps);
  if (step.kind !== 'sign-in') throw new Error(step.kind);
  return new URL(step.url).searchParams.get('state') ?? '';
}

const callback = (house: House, state: string, cookie: string | undefined = browserCookie) =>
  completeSignIn(form({ state, code: 'upstream' }), { browserCookie: cookie }, house.deps);

/** Signs in and arrives at the consent page. */
async function atConsent(house: House, changes: Values = {}) {
  const id = await begin(house, changes);
  const step = await callback(house, id);
  if (step.kind !== 'consent') throw new Error(step.kind);
  return { id, sessionCookie: step.sessionCookie ?? '' };
}

async function answer(house: House, id: string, changes: Partial<ConsentAnswer> = {}) {
  const { csrf } = await openConsent({ transactionId: id, browserCookie }, house.deps);
  const given = {
    transactionId: id,
    browserCookie,
    csrf,
    allow: true,
    scopes: ['todos:read', 'todos:write'],
    ...changes,
  };
  return new URL((await answerConsent(given, house.deps)).redirectUrl);
}

const codeIn = (url: URL) => url.searchParams.get('code') ?? '';

describe('the whole way', () => {
  test('AS-45 AS-46 from the request to a code that is redeemed', async () => {
    const house = await newHouse();
    const { id } = await atConsent(house);
    const url = await answer(house, id);
    expect(url.origin + url.pathname).toBe('https://client.example/cb');
    expect([...url.searchParams.keys()]).toEqual(['code', 'state', 'iss']);
    expect([url.searchParams.get('state'), url.searchParams.get('iss')]).toEqual(['state-1', issuer]);
    expect((await redeem(house, codeIn(url))).scope).toBe('todos:read todos:write');
    expect(house.deps.audit.types()).toEqual(['person.signed_in', 'consent.given', 'token.issued']);
  });

  test('D8 nothing of the client reaches the identity provider', async () => {
    const house = await newHouse();
    const step = await startInteraction(await accepted(house), { browserCookie }, house.deps);
    expect(JSON.stringify(step)).not.toMatch(/state-1|todos|client\.example/);
  });

  test('AS-49 a session starts under a new id that only the browser knows, and ends', async () => {
    const house = await newHouse();
    const { sessionCookie } = await atConsent(house);
    const { interactions, clock } = house.deps;
    expect(await interactions.findSession(sessionCookie, clock.now())).toBeUndefined();
    expect((await interactions.findSession(digest(sessionCookie), clock.now()))?.person).toEqual(house.person);
    clock.forward(lifetimes.browserSession);
    expect(await interactions.findSession(digest(sessionCookie), clock.now())).toBeUndefined();
  });
});

describe('D7 consent is remembered by person, client, resource and redirect URI', () => {
  async function again(house: House, sessionCookie: string, changes: Values = {}) {
    return (await startInteraction(await accepted(house, changes), { browserCookie, sessionCookie }, house.deps)).kind;
  }

  test('the second time nobody is asked, with and without a session', async () => {
    const house = await newHouse();
    const { id, sessionCookie } = await atConsent(house);
    await answer(house, id);
    const step = await startInteraction(await accepted(house), { browserCookie, sessionCookie }, house.deps);
    if (step.kind !== 'answered') throw new Error(step.kind);
    expect(await redeem(house, codeIn(new URL(step.url)))).toHaveProperty('access_token');
    expect((await callback(house, await begin(house))).kind).toBe('answered');
  });

  test.each([
    ['fewer scopes', { scope: 'todos:read' }, 'answered'],
    ['prompt=consent, as SDK clients always send', { prompt: 'consent' }, 'answered'],
    ['another resource', { resource: mail.resource, scope: undefined }, 'consent'],
    ['another redirect URI', { redirect_uri: 'cursor://anysphere.cursor-mcp/oauth/callback' }, 'consent'],
  ])('then %s: %s', async (_name, changes, kind) => {
    const house = await newHouse();
    const { id, sessionCookie } = await atConsent(house);
    await answer(house, id);
    expect(await again(house, sessionCookie, changes)).toBe(kind);
  });

  test('another loopback port is the same redirect URI', async () => {
    const house = await newHouse();
    const { id, sessionCookie } = await atConsent(house, { redirect_uri: 'http://localhost:1111/callback' });
    await answer(house, id);
    expect(await again(house, sessionCookie, { redirect_uri: 'http://localhost:2222/callback' })).toBe('answered');
  });

  test('a scope that was not allowed is asked for again', async () => {
    const house = await newHouse();
    const { id, sessionCookie } = await atConsent(house);
    await answer(house, id, { scopes: ['todos:read'] });
    expect(await again(house, sessionCookie)).toBe('consent');
    expect(await again(house, sessionCookie, { scope: 'todos:read' })).toBe('answered');
  });

  test('another person is asked', async () => {
    const house = await newHouse();
    await answer(house, (await atConsent(house)).id);
    house.deps.identityProvider.person = { ...house.person, sub: `${house.person.sub}-other` };
    expect((await callback(house, await begin(house))).kind).toBe('consent');
  });

  test('a server that is gone meanwhile is never answered from memory', async () => {
    const house = await newHouse();
    const { id, sessionCookie } = await atConsent(house);
    await answer(house, id);
    const request = await accepted(house);
    house.deps.servers = [mail];
    const step = await startInteraction(request, { browserCookie, sessionCookie }, house.deps);
    expect(step.kind).toBe('consent');
  });

  test('an unknown session cookie signs nobody in', async () => {
    const house = await newHouse();
    expect(await again(house, 'planted')).toBe('sign-in');
  });
});

describe('the answer', () => {
  test('optional scopes can be unticked, required ones cannot, others cannot be added', async () => {
    const house = await newHouse();
    const { id } = await atConsent(house);
    const url = await answer(house, id, { scopes: ['mail:read', 'admin'] });
    expect((await redeem(house, codeIn(url))).scope).toBe('todos:read');
  });

  test('denial goes to the client as access_denied, with state and iss, and ends the transaction', async () => {
    const house = await newHouse();
    const { id } = await atConsent(house);
    const url = await answer(house, id, { allow: false });
    expect(Object.fromEntries(url.searchParams)).toMatchObject({
      error: 'access_denied',
      state: 'state-1',
      iss: issuer,
    });
    expect(url.searchParams.has('code')).toBe(false);
    expect((await refusal(() => answer(house, id))).reason).toBe('unknown_transaction');
    expect(house.calls).not.toHaveProperty('remember');
    expect(house.deps.audit.types()).toEqual(['person.signed_in', 'consent.denied']);
  });

  test('unticking everything is a denial', async () => {
    const house = await newHouse();
    const { id } = await atConsent(house, { scope: 'todos:write' });
    expect((await answer(house, id, { scopes: [] })).searchParams.get('error')).toBe('access_denied');
  });

  test('a double click gives one grant and one code', async () => {
    const house = await newHouse();
    const { id } = await atConsent(house);
    const urls = [...(await Promise.all([answer(house, id), answer(house, id)])), await answer(house, id)];
    expect(new Set(urls.map(codeIn)).size).toBe(1);
    expect(await redeem(house, codeIn(urls[0] as URL))).toHaveProperty('access_token');
  });

  test('an answer after the code was spent gets no second code', async () => {
    const house = await newHouse();
    const { id } = await atConsent(house);
    await redeem(house, codeIn(await answer(house, id)));
    expect((await refusal(() => answer(house, id))).reason).toBe('already_answered');
  });

  test('a server without scopes can be allowed', async () => {
    const house = await newHouse();
    house.deps.servers = [{ ...todos, scopes: [] }];
    const { id } = await atConsent(house, { scope: undefined });
    expect(codeIn(await answer(house, id, { scopes: [] }))).toMatch(/^gc_/);
  });
});

describe('AS-49 only the browser that began may go on', () => {
  test.each([
    ['another cookie', 'cookie-of-another-browser'],
    ['an empty cookie', ''],
  ])('%s', async (_name, cookie) => {
    const house = await newHouse();
    const id = await begin(house);
    expect((await refusal(() => callback(house, id, cookie))).reason).toBe('other_browser');
    await callback(house, id);
    const opened = await openConsent({ transactionId: id, browserCookie }, house.deps);
    const other = { transactionId: id, browserCookie: cookie };
    expect((await refusal(() => openConsent(other, house.deps))).reason).toBe('other_browser');
    const stolen = { ...other, csrf: opened.csrf, allow: true, scopes: [] };
    expect((await refusal(() => answerConsent(stolen, house.deps))).reason).toBe('other_browser');
  });

  test('a request that began without a cookie belongs to no browser', async () => {
    const house = await newHouse();
    const step = await startInteraction(await accepted(house), { browserCookie: '' }, house.deps);
    const id = step.kind === 'sign-in' ? (new URL(step.url).searchParams.get('state') ?? '') : '';
    expect((await refusal(() => callback(house, id, ''))).reason).toBe('other_browser');
  });

  test.each(['', 'wrong'])('a form that was not made here (csrf %j)', async (csrf) => {
    const house = await newHouse();
    const { id } = await atConsent(house);
    expect((await refusal(() => answer(house, id, { csrf }))).reason).toBe('csrf');
  });

  test('the csrf value of another transaction of the same browser', async () => {
    const house = await newHouse();
    const [one, other] = [await atConsent(house), await atConsent(house)];
    const { csrf } = await openConsent({ transactionId: other.id, browserCookie }, house.deps);
    expect((await refusal(() => answer(house, one.id, { csrf }))).reason).toBe('csrf');
  });

  test.each(['', 'unknown', 'A'.repeat(43)])('an unknown transaction (%j)', async (id) => {
    const house = await newHouse();
    expect((await refusal(() => callback(house, id))).reason).toBe('unknown_transaction');
    expect((await refusal(() => answer(house, id))).reason).toBe('unknown_transaction');
  });

  test('consent before sign-in', async () => {
    const house = await newHouse();
    const id = await begin(house);
    expect((await refusal(() => answer(house, id))).reason).toBe('unknown_transaction');
  });

  test('too late', async () => {
    const house = await newHouse();
    const { id } = await atConsent(house);
    house.deps.clock.forward(lifetimes.signInTransaction);
    expect((await refusal(() => answer(house, id))).reason).toBe('unknown_transaction');
  });

  test('a client that is gone meanwhile', async () => {
    const house = await newHouse();
    const { id } = await atConsent(house);
    house.deps.clients = { ...house.deps.clients, find: async () => undefined };
    expect((await refusal(() => answer(house, id))).code).toBe('invalid_client');
  });

  test('a redirect URI that the client has lost meanwhile', async () => {
    const house = await newHouse();
    const { id } = await atConsent(house);
    const changed = { ...house.client, redirectUris: ['https://client.example/new'] };
    house.deps.clients = { ...house.deps.clients, find: async () => changed };
    expect((await refusal(() => answer(house, id))).reason).toBe('redirect_uri_mismatch');
  });
});

describe('the identity provider', () => {
  test('who is denied there is denied here, and the client hears of it', async () => {
    const house = await newHouse();
    const id = await begin(house);
    house.deps.identityProvider.person = new IdentityProviderError('denied', 'no');
    const step = await callback(house, id);
    if (step.kind !== 'answered') throw new Error(step.kind);
    expect(step.sessionCookie).toBeUndefined();
    const query = Object.fromEntries(new URL(step.url).searchParams);
    expect(query).toMatchObject({ error: 'access_denied', state: 'state-1', iss: issuer });
    expect((await refusal(() => callback(house, id))).reason).toBe('unknown_transaction');
  });

  test('if it does not answer, the person can reload', async () => {
    const house = await newHouse();
    const id = await begin(house);
    house.deps.identityProvider.person = new IdentityProviderError('unavailable', 'timeout');
    expect((await refusal(() => callback(house, id))).code).toBe('temporarily_unavailable');
    expect((await refusal(() => begin(house))).code).toBe('temporarily_unavailable');
    house.deps.identityProvider.person = house.person;
    expect((await callback(house, id)).kind).toBe('consent');
  });

  test('a bad answer signs nobody in', async () => {
    const house = await newHouse();
    const id = await begin(house);
    house.deps.identityProvider.person = new IdentityProviderError('invalid', 'nonce');
    expect((await refusal(() => callback(house, id))).code).toBe('server_error');
  });

  test('its answer counts once: of parallel callbacks one starts a session', async () => {
    const house = await newHouse();
    const id = await begin(house);
    const outcomes = await Promise.allSettled(Array.from({ length: 5 }, () => callback(house, id)));
    const sessions = outcomes.filter((outcome) => outcome.status === 'fulfilled' && outcome.value.sessionCookie);
    expect(sessions).toHaveLength(1);
    expect(house.calls['startSession']).toBe(1);
  });

  test('its answer counts once: a reload shows the page and starts no second session', async () => {
    const house = await newHouse();
    const { id } = await atConsent(house);
    expect(await callback(house, id)).toEqual({ kind: 'consent', transactionId: id });
  });
});
