import { describe, expect, test } from 'vitest';
import { checkAuthorizationRequest } from '../../../lambdas/core/authorize/pipeline.ts';
import { pushRequest } from '../../../lambdas/core/authorize/push-request.ts';
import { startInteraction } from '../../../lambdas/core/authorize/start-interaction.ts';
import { digest } from '../../../lambdas/core/digest.ts';
import type { OAuthErrorCode } from '../../../lambdas/core/errors.ts';
import { IdentityProviderError } from '../../../lambdas/core/ports/identity-provider.ts';
import { assertion, signingClient, withAssertion } from '../client-auth/assertions.ts';
import { form, issuer, refusal, secret, todos } from '../fixtures.ts';
import { redeem } from '../grants/flow.ts';
import { useHouse } from '../house.ts';
import type { House } from '../house.ts';
import { ask, browserCookie, codeOf, requestOf } from './walk.ts';
import type { Values } from './walk.ts';

const newHouse = useHouse();

async function push(house: House, changes: Values = {}): Promise<string> {
  return (await pushRequest({ params: requestOf(house, changes) }, house.deps)).request_uri;
}

/** What the browser brings after a push. */
function pushed(house: House, requestUri: string, more: Record<string, string> = {}): URLSearchParams {
  return form({ client_id: house.client.clientId, request_uri: requestUri, ...more });
}

async function judge(house: House, params: URLSearchParams) {
  return checkAuthorizationRequest(params, house.deps);
}

describe('AS-53 pushing', () => {
  test('gives a reference that says nothing, good for 120 seconds', async () => {
    const house = await newHouse();
    const answer = await pushRequest({ params: requestOf(house) }, house.deps);
    expect(answer).toEqual({
      request_uri: expect.stringMatching(/^urn:ietf:params:oauth:request_uri:[\w-]{43}$/) as unknown,
      expires_in: 120,
    });
    expect(await push(house)).not.toBe(answer.request_uri);
  });

  test('is one write', async () => {
    const house = await newHouse();
    for (const name of Object.keys(house.calls)) house.calls[name] = 0;
    await push(house);
    expect(house.calls).toMatchObject({ push: 1, find: 1 });
    expect(Object.values(house.calls).reduce((sum, count) => sum + count, 0)).toBe(2);
  });

  test.each<[string, Values, OAuthErrorCode]>([
    ['a request_uri (RFC 9126 §2.1)', { request_uri: 'urn:ietf:params:oauth:request_uri:x' }, 'invalid_request'],
    ['a request object', { request: 'eyJhbGciOiJub25lIn0.e30.' }, 'request_not_supported'],
    ['no redirect_uri', { redirect_uri: undefined }, 'invalid_request'],
    ['another redirect_uri: nothing is relaxed', { redirect_uri: 'https://client.example/cb2' }, 'invalid_request'],
    ['AS-42 response_type token', { response_type: 'token' }, 'unsupported_response_type'],
    ['AS-43 no code_challenge', { code_challenge: undefined }, 'invalid_request'],
    ['AS-43 plain', { code_challenge_method: 'plain' }, 'invalid_request'],
    ['AS-44 a repeated scope', { scope: ['todos:read', 'todos:write'] }, 'invalid_request'],
    ['AS-47 an unknown resource', { resource: 'https://other.example/mcp' }, 'invalid_target'],
    ['AS-48 an unknown scope', { scope: 'nothing' }, 'invalid_scope'],
    ['AS-54 an unknown type of details', { authorization_details: '[{"type":"x"}]' }, 'invalid_authorization_details'],
    ['no client', { client_id: undefined }, 'invalid_request'],
    ['an unknown client', { client_id: 'lost' }, 'invalid_client'],
  ])('refuses %s, and stores nothing', async (_name, changes, code) => {
    const house = await newHouse();
    expect((await refusal(() => push(house, changes))).code).toBe(code);
    expect(house.calls['push']).toBeUndefined();
  });

  test('AS-70 authenticates a confidential client as the token endpoint does', async () => {
    const house = await newHouse();
    const { clientId } = house.confidential;
    const basic = (password: string) => `Basic ${Buffer.from(`${clientId}:${password}`).toString('base64')}`;
    const params = requestOf(house, { client_id: clientId });
    expect((await refusal(() => pushRequest({ params }, house.deps))).code).toBe('invalid_client');
    const wrong = { params, authorizationHeader: basic('wrong') };
    expect((await refusal(() => pushRequest(wrong, house.deps))).code).toBe('invalid_client');
    const right = { params, authorizationHeader: basic(secret) };
    expect((await pushRequest(right, house.deps)).expires_in).toBe(120);
    const nameless = { params: requestOf(house, { client_id: undefined }), authorizationHeader: basic(secret) };
    const { request_uri } = await pushRequest(nameless, house.deps);
    const outcome = await judge(house, form({ client_id: clientId, request_uri }));
    expect(outcome).toMatchObject({ kind: 'accepted', request: { clientId } });
  });
});

describe('AS-53 AS-70 a client that signs (RFC 9126 §2)', () => {
  async function pushSigned(aud: string) {
    const house = await newHouse();
    const signer = { ...signingClient, clientId: `signer-${house.client.clientId}` };
    await house.deps.clients.register(signer);
    const now = house.deps.clock.now();
    const claims = { iss: signer.clientId, sub: signer.clientId, aud, iat: now, exp: now + 60 };
    const proof = withAssertion(await assertion({ claims }));
    const params = requestOf(house, { client_id: signer.clientId, ...proof });
    return { push: () => pushRequest({ params }, house.deps) };
  }

  test.each([issuer, `${issuer}/token`, `${issuer}/par`])(
    'may name %s as audience, and an assertion counts once',
    async (aud) => {
      const { push: send } = await pushSigned(aud);
      expect((await send()).expires_in).toBe(120);
      expect((await refusal(send)).code).toBe('invalid_client');
    },
  );

  test.each(['https://other.example', `${issuer}/authorize`, `${issuer}/mcp`])('may not name %s', async (aud) => {
    const { push: send } = await pushSigned(aud);
    expect((await refusal(send)).code).toBe('invalid_client');
  });
});

describe('AS-53 the pushed request at the authorization endpoint', () => {
  test('is the request, with its state, and gives a code that is redeemed', async () => {
    const house = await newHouse();
    const code = await codeOf(house, pushed(house, await push(house, { state: 'pushed-state' })));
    expect((await redeem(house, code)).scope).toBe('todos:read todos:write');
  });

  test('only client_id and request_uri count: nothing that the browser adds', async () => {
    const house = await newHouse();
    const requestUri = await push(house, { scope: 'todos:read' });
    const added = {
      scope: 'todos:write',
      state: 'added',
      redirect_uri: 'https://evil.example/cb',
      code_challenge: 'x',
      request: 'x',
    };
    expect(await judge(house, pushed(house, requestUri, added))).toMatchObject({
      kind: 'accepted',
      request: { scopes: ['todos:read'], state: 'state-1', redirectUri: 'https://client.example/cb' },
      redirect: { uri: 'https://client.example/cb', state: 'state-1' },
    });
  });

  test.each([
    ['a URL (RFC 9101 §5.2)', () => 'https://client.example/request.jwt'],
    ['another URN', () => 'urn:example:x'],
    ['an empty reference', () => 'urn:ietf:params:oauth:request_uri:'],
    ['an unknown reference', () => `urn:ietf:params:oauth:request_uri:${'A'.repeat(43)}`],
    ['one changed character', (uri: string) => `${uri.slice(0, -1)}${uri.endsWith('A') ? 'B' : 'A'}`],
    ['a prefix of another case', (uri: string) => uri.replace('urn:ietf', 'URN:IETF')],
  ])('%s is refused on a page', async (_name, change) => {
    const house = await newHouse();
    const outcome = await judge(house, pushed(house, change(await push(house))));
    expect(outcome).toMatchObject({ kind: 'refused', error: { code: 'invalid_request_uri' } });
  });

  test('is bound to its client: another one is refused on a page, and the owner goes on', async () => {
    const house = await newHouse();
    const requestUri = await push(house);
    const thief = form({ client_id: house.confidential.clientId, request_uri: requestUri });
    const outcome = await judge(house, thief);
    expect(outcome).toMatchObject({ kind: 'refused', error: { reason: 'request_uri_of_other_client' } });
    expect(await judge(house, pushed(house, requestUri))).toMatchObject({ kind: 'accepted' });
  });

  test('needs client_id beside it (RFC 9126 §4)', async () => {
    const house = await newHouse();
    const outcome = await judge(house, form({ request_uri: await push(house) }));
    expect(outcome).toMatchObject({ kind: 'refused', error: { code: 'invalid_request' } });
  });

  test('ends after 120 seconds', async () => {
    const house = await newHouse();
    const requestUri = await push(house);
    house.deps.clock.forward(119);
    expect((await judge(house, pushed(house, requestUri))).kind).toBe('accepted');
    house.deps.clock.forward(1);
    expect(await judge(house, pushed(house, requestUri))).toMatchObject({
      kind: 'refused',
      error: { reason: 'request_uri_unknown' },
    });
  });

  test('its redirect URI is matched again: the client may have changed', async () => {
    const house = await newHouse();
    const requestUri = await push(house);
    const moved = { ...house.client, redirectUris: ['https://client.example/new'] };
    const clients = { ...house.deps.clients, find: async () => moved };
    const outcome = await checkAuthorizationRequest(pushed(house, requestUri), { ...house.deps, clients });
    expect(outcome).toMatchObject({ kind: 'refused', error: { reason: 'redirect_uri_mismatch' } });
  });
});

describe('AS-53 once', () => {
  test('a second use is refused: after a sign-in began, after a page, after a code', async () => {
    const house = await newHouse();
    const first = pushed(house, await push(house));
    const outcome = await judge(house, first);
    if (outcome.kind !== 'accepted') throw outcome.error;
    expect((await startInteraction(outcome, { browserCookie }, house.deps)).kind).toBe('sign-in');
    expect((await judge(house, first)).kind).toBe('refused');
    const second = pushed(house, await push(house));
    await codeOf(house, second);
    expect((await judge(house, second)).kind).toBe('refused');
    const remembered = pushed(house, await push(house));
    expect((await ask(house, remembered)).kind).toBe('answered');
    expect((await judge(house, remembered)).kind).toBe('refused');
  });

  test('a page that only failed may be reloaded: nothing was begun', async () => {
    const house = await newHouse();
    const params = pushed(house, await push(house));
    const outcome = await judge(house, params);
    if (outcome.kind !== 'accepted') throw outcome.error;
    house.deps.identityProvider.person = new IdentityProviderError('unavailable', 'down');
    const down = await refusal(() => startInteraction(outcome, { browserCookie }, house.deps));
    expect(down.code).toBe('temporarily_unavailable');
    expect((await judge(house, params)).kind).toBe('accepted');
  });

  test('of 20 parallel uses one gets a code', async () => {
    const house = await newHouse();
    await codeOf(house, requestOf(house));
    const params = pushed(house, await push(house));
    const uses = await Promise.allSettled(Array.from({ length: 20 }, () => ask(house, params)));
    const won = uses.filter((use) => use.status === 'fulfilled');
    const lost = uses.filter((use) => use.status === 'rejected');
    expect(won.map(({ value }) => value.kind)).toEqual(['answered']);
    expect(new Set(lost.map(({ reason }) => (reason as { code: string }).code))).toEqual(
      new Set(['invalid_request_uri']),
    );
  });

  test('of 20 parallel uses by browsers where nobody is signed in one sign-in begins', async () => {
    const house = await newHouse();
    const outcome = await judge(house, pushed(house, await push(house)));
    if (outcome.kind !== 'accepted') throw outcome.error;
    const begun = Array.from({ length: 20 }, (_, index) =>
      startInteraction(outcome, { browserCookie: `browser-${index}` }, house.deps),
    );
    const uses = await Promise.allSettled(begun);
    expect(uses.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  test('a request that came with the browser pays nothing for all this', async () => {
    const house = await newHouse();
    await codeOf(house, requestOf(house));
    expect(Object.keys(house.calls)).not.toEqual(expect.arrayContaining(['findPushed']));
    expect(Object.keys(house.calls)).not.toEqual(expect.arrayContaining(['takePushed']));
  });
});

describe('RFC 9126 §5 §6 where pushing is required', () => {
  test.each(['of the deployment', 'of the client'])(
    'by a rule %s, plain parameters are the client’s error',
    async (whose) => {
      const house = await newHouse();
      const requirePushedAuthorizationRequests = true;
      const strict = { ...house.client, requirePushedAuthorizationRequests };
      const deps =
        whose === 'of the client'
          ? { ...house.deps, clients: { ...house.deps.clients, find: async () => strict } }
          : { ...house.deps, requirePushedAuthorizationRequests };
      const plain = await checkAuthorizationRequest(requestOf(house), deps);
      expect(plain).toMatchObject({ kind: 'rejected', error: { code: 'invalid_request', reason: 'push_required' } });
      const outcome = await checkAuthorizationRequest(pushed(house, await push(house)), deps);
      expect(outcome.kind).toBe('accepted');
    },
  );

  test('a request object is the client’s error too, with its state', async () => {
    const house = await newHouse();
    expect(await judge(house, requestOf(house, { request: 'x.y.z' }))).toMatchObject({
      kind: 'rejected',
      error: { code: 'request_not_supported' },
      redirect: { state: 'state-1' },
    });
  });

  test('the store never holds the reference', async () => {
    const house = await newHouse();
    const reference = (await push(house)).split(':').at(-1) ?? '';
    const found = await house.deps.interactions.findPushed(digest(reference), house.deps.clock.now());
    expect(JSON.stringify(found)).not.toContain(reference);
    expect(found?.request.resources).toEqual([todos.resource]);
  });
});
