import { describe, expect, test } from 'vitest';
import type { Client } from '../../../lambdas/core/client.ts';
import { checkAuthorizationRequest } from '../../../lambdas/core/authorize/pipeline.ts';
import {
  clientsOf,
  goodRequest,
  HandClock,
  issuer,
  mail,
  publicClient,
  servers,
  todos,
  challenge,
} from '../fixtures.ts';

const check = (params: URLSearchParams, client: Client = publicClient) =>
  checkAuthorizationRequest(params, {
    clients: clientsOf(client),
    interactions: { findPushed: async () => undefined },
    clock: new HandClock(),
    servers,
    issuer,
  });

describe('X-DPOP1 RFC 9449 §10 dpop_jkt', () => {
  const jkt = 'k'.repeat(43);

  test('binds the code', async () => {
    expect(await check(goodRequest({ dpop_jkt: jkt }))).toMatchObject({ kind: 'accepted', request: { dpopJkt: jkt } });
  });

  test.each(['short', `${jkt}k`, `${'k'.repeat(42)}=`])('%s is refused at the client', async (dpop_jkt) => {
    const outcome = await check(goodRequest({ dpop_jkt }));
    expect(outcome).toMatchObject({ kind: 'rejected', error: { code: 'invalid_request', reason: 'dpop_jkt_syntax' } });
  });

  test('is not taken twice', async () => {
    const outcome = await check(repeated('dpop_jkt', jkt));
    expect(outcome).toMatchObject({ kind: 'accepted' });
    const params = goodRequest({ dpop_jkt: jkt });
    params.append('dpop_jkt', jkt);
    expect(await check(params)).toMatchObject({ kind: 'rejected', error: { reason: 'repeated_parameter' } });
  });
});

function repeated(name: string, value: string): URLSearchParams {
  const params = goodRequest();
  params.append(name, value);
  return params;
}

test('a good request is accepted as plain data', async () => {
  const outcome = await check(goodRequest());
  expect(outcome).toEqual({
    kind: 'accepted',
    client: publicClient,
    redirect: { uri: 'https://client.example/cb', state: 'state-1' },
    request: {
      clientId: 'client-1',
      redirectUri: 'https://client.example/cb',
      state: 'state-1',
      codeChallenge: challenge,
      resources: [todos.resource],
      scopes: ['todos:read', 'todos:write'],
    },
  });
});

test('OAuth 2.1 §4.1.1 redirect_uri may be left out where one is registered', async () => {
  const client = { ...publicClient, redirectUris: ['https://client.example/only'] };
  const outcome = await check(goodRequest({ redirect_uri: undefined }), client);
  expect(outcome).toMatchObject({ kind: 'accepted', redirect: { uri: 'https://client.example/only' } });
});

describe('AS-41 nothing is redirected before client and redirect URI are known to belong together', () => {
  const long = 'x'.repeat(3000);
  test.each([
    ['no client_id', goodRequest({ client_id: undefined }), 'invalid_request'],
    ['an empty client_id', goodRequest({ client_id: '' }), 'invalid_request'],
    ['an unknown client_id', goodRequest({ client_id: 'lost' }), 'invalid_client'],
    ['a client_id that cannot be one', goodRequest({ client_id: 'ümlaut' }), 'invalid_client'],
    ['an oversized client_id', goodRequest({ client_id: long }), 'invalid_request'],
    ['a repeated client_id (AS-44)', repeated('client_id', 'client-1'), 'invalid_request'],
    ['no redirect_uri where several are registered', goodRequest({ redirect_uri: undefined }), 'invalid_request'],
    ['a repeated redirect_uri (AS-44)', repeated('redirect_uri', 'https://client.example/cb'), 'invalid_request'],
    ['an unregistered redirect_uri', goodRequest({ redirect_uri: 'https://evil.example/cb' }), 'invalid_request'],
    [
      'a redirect_uri with a line break',
      goodRequest({ redirect_uri: 'https://client.example/cb\r\n' }),
      'invalid_request',
    ],
  ])('%s', async (_name, params, code) => {
    const outcome = await check(params);
    expect(outcome.kind).toBe('refused');
    expect(outcome.kind === 'refused' && outcome.error.code).toBe(code);
  });

  test('the page learns what was sent, cut short', async () => {
    const outcome = await check(goodRequest({ client_id: 'lost', redirect_uri: long }));
    expect(outcome).toMatchObject({ kind: 'refused', clientId: 'lost', redirectUri: 'x'.repeat(200) });
    expect(outcome.kind === 'refused' && outcome.error.reason).toBe('unknown_client');
  });

  test('a client whose registration has ended is unknown', async () => {
    expect((await check(goodRequest(), { ...publicClient, expiresAt: 5 })).kind).toBe('refused');
  });
});

describe('OAuth 2.1 §4.1.2.1 every other mistake goes to the client, with its state', () => {
  test.each([
    ['AS-42 response_type missing', goodRequest({ response_type: undefined }), 'invalid_request'],
    ['AS-42 response_type token', goodRequest({ response_type: 'token' }), 'unsupported_response_type'],
    ['AS-42 response_type code token', goodRequest({ response_type: 'code token' }), 'unsupported_response_type'],
    ['AS-44 response_type repeated', repeated('response_type', 'code'), 'invalid_request'],
    ['AS-44 scope repeated', repeated('scope', 'todos:read'), 'invalid_request'],
    ['AS-44 code_challenge repeated', repeated('code_challenge', challenge), 'invalid_request'],
    ['AS-43 no code_challenge', goodRequest({ code_challenge: undefined }), 'invalid_request'],
    ['AS-43 plain', goodRequest({ code_challenge_method: 'plain' }), 'invalid_request'],
    ['AS-43 method omitted counts as plain', goodRequest({ code_challenge_method: undefined }), 'invalid_request'],
    ['AS-43 method in lower case', goodRequest({ code_challenge_method: 's256' }), 'invalid_request'],
    ['AS-43 challenge too short', goodRequest({ code_challenge: 'short' }), 'invalid_request'],
    ['AS-43 challenge with padding', goodRequest({ code_challenge: `${challenge}=` }), 'invalid_request'],
    ['AS-47 resource unknown', goodRequest({ resource: 'https://other.example/mcp' }), 'invalid_target'],
    ['AS-47 resource with a fragment', goodRequest({ resource: `${todos.resource}#x` }), 'invalid_target'],
    ['AS-47 one resource of two unknown', repeated('resource', 'https://other.example/mcp'), 'invalid_target'],
    ['AS-48 scope with nothing known', goodRequest({ scope: 'email nonsense' }), 'invalid_scope'],
    ['AS-48 scope of another server', goodRequest({ scope: 'mail:read' }), 'invalid_scope'],
    ['scope too long', goodRequest({ scope: 'x'.repeat(5000) }), 'invalid_request'],
  ])('%s', async (_name, params, code) => {
    const outcome = await check(params);
    expect(outcome).toMatchObject({
      kind: 'rejected',
      redirect: { uri: 'https://client.example/cb', state: 'state-1' },
    });
    expect(outcome.kind === 'rejected' && outcome.error.code).toBe(code);
  });

  test.each([
    ['repeated', repeated('state', 'state-2')],
    ['too long', goodRequest({ state: 's'.repeat(4097) })],
    ['with control characters', goodRequest({ state: 'a\u0000b' })],
  ])('a state that is %s is never reflected', async (_name, params) => {
    const outcome = await check(params);
    expect(outcome.kind).toBe('rejected');
    expect(outcome.kind === 'rejected' && outcome.redirect.state).toBeUndefined();
  });

  test.each([
    ['grant type', { ...publicClient, grantTypes: ['refresh_token'] }],
    ['response type', { ...publicClient, responseTypes: [] }],
  ])('unauthorized_client if the registration lacks the %s', async (_name, client) => {
    const outcome = await check(goodRequest(), client);
    expect(outcome.kind === 'rejected' && outcome.error.code).toBe('unauthorized_client');
  });
});

describe('what clients leave out or add', () => {
  async function accepted(params: URLSearchParams) {
    const outcome = await check(params);
    if (outcome.kind !== 'accepted') throw outcome.error;
    return outcome.request;
  }

  test('AS-47 without a resource the first server is meant (requirements.md §9.3)', async () => {
    expect((await accepted(goodRequest({ resource: undefined, scope: undefined }))).resources).toEqual([
      todos.resource,
    ]);
  });
  test('AS-47 resource may repeat and duplicates count once', async () => {
    const params = repeated('resource', mail.resource);
    params.append('resource', `${todos.resource}/`);
    expect((await accepted(params)).resources).toEqual([todos.resource, mail.resource]);
  });
  test.each([
    ['none', undefined],
    ['an empty one (AS-44)', ''],
    ['offline_access alone', 'offline_access'],
  ])('without a scope everything at the resource is asked: %s', async (_name, scope) => {
    expect((await accepted(goodRequest({ scope }))).scopes).toEqual(['todos:read', 'todos:write']);
  });
  test('clients.md pain 15 unknown scopes are dropped, the order is the server’s', async () => {
    const scope = 'openid todos:write offline_access nonsense todos:read todos:read';
    expect((await accepted(goodRequest({ scope }))).scopes).toEqual(['todos:read', 'todos:write']);
  });
  test('no state stays no state', async () => {
    expect(await accepted(goodRequest({ state: '' }))).not.toHaveProperty('state');
  });
  test('AS-44 unknown parameters are ignored, even repeated', async () => {
    const params = repeated('display', 'popup');
    params.append('display', 'page');
    params.append('response_mode', 'fragment');
    expect((await accepted(params)).clientId).toBe('client-1');
  });
  test('AS-45 a state of 4096 odd characters comes back verbatim', async () => {
    const state = 'ä+ &=#%"'.repeat(512);
    expect((await accepted(goodRequest({ state }))).state).toBe(state);
  });
});
