import { describe, expect, test } from 'vitest';
import type { Client } from '../../../lambdas/core/client.ts';
import { exchangeToken } from '../../../lambdas/core/grants/exchange-token.ts';
import type { TokenResponse } from '../../../lambdas/core/grants/exchange-token.ts';
import { grantLiveness } from '../../../lambdas/core/resource/grant-liveness.ts';
import { verifyAccessToken } from '../../../lambdas/core/resource/verify-access-token.ts';
import { confidentialClient, form, mail, refusal, secret, todos } from '../fixtures.ts';
import { useHouse } from '../house.ts';
import type { House } from '../house.ts';
import { claimsOf, codeFor, redeem } from './flow.ts';

const newHouse = useHouse();
const tokenExchange = 'urn:ietf:params:oauth:grant-type:token-exchange';
const accessToken = 'urn:ietf:params:oauth:token-type:access_token';

async function hop(house: House, changes: Partial<Client> = {}): Promise<Client> {
  const client: Client = {
    ...confidentialClient,
    clientId: `hop-${house.deps.entropy.token(6)}`,
    kind: 'pre-registered',
    redirectUris: [],
    grantTypes: [tokenExchange],
    ...changes,
  };
  await house.deps.clients.register(client);
  return client;
}

/** A token of a person's grant for both servers, good for the first. */
async function parentToken(house: House, scopes = ['todos:write', 'mail:read']): Promise<TokenResponse> {
  const { code } = await codeFor(house, { resources: [todos.resource, mail.resource], scopes });
  return redeem(house, code, { resource: todos.resource });
}

function exchange(house: House, client: Client, token: string, values: Record<string, string | undefined> = {}) {
  const params = form({
    grant_type: tokenExchange,
    client_id: client.clientId,
    client_secret: secret,
    subject_token: token,
    subject_token_type: accessToken,
    ...values,
  });
  return exchangeToken({ params }, house.deps);
}

describe('RFC 8693 a narrower token for the next hop', () => {
  test('has the person as subject, the hop as actor and client, and the parent as grant', async () => {
    const house = await newHouse();
    const client = await hop(house);
    const parent = await parentToken(house);
    const answer = await exchange(house, client, parent.access_token, { scope: 'todos:read' });
    expect(answer).toMatchObject({ issued_token_type: accessToken, token_type: 'Bearer', scope: 'todos:read' });
    expect(answer).not.toHaveProperty('refresh_token');
    const { sub, gid } = claimsOf(parent.access_token);
    expect(claimsOf(answer.access_token)).toMatchObject({
      sub,
      gid,
      aud: todos.resource,
      scope: 'todos:read',
      client_id: client.clientId,
      act: { sub: client.clientId },
    });
  });

  test('without scope it carries what the parent carries, no more', async () => {
    const house = await newHouse();
    const parent = await parentToken(house);
    expect((await exchange(house, await hop(house), parent.access_token)).scope).toBe('todos:write');
  });

  test('a child never outlives its parent', async () => {
    const house = await newHouse();
    const parent = await parentToken(house);
    house.deps.clock.forward(3000);
    const answer = await exchange(house, await hop(house), parent.access_token);
    expect(answer.expires_in).toBe(600);
    expect(claimsOf(answer.access_token)['exp']).toBe(claimsOf(parent.access_token)['exp']);
  });

  test('D9 revoking the parent ends the child, and nothing can be exchanged any more', async () => {
    const house = await newHouse();
    const client = await hop(house);
    const parent = await parentToken(house);
    const child = await exchange(house, client, parent.access_token);
    const { issuer, signingKeys: keys, clock, grants, grantStates } = house.deps;
    const claims = await verifyAccessToken(child.access_token, { issuer, server: todos, keys, clock });
    await grants.revoke(claims.gid, clock.now() + 3600);
    expect(await grantLiveness({ grantStates, clock, seconds: 0 })(claims)).toBe(false);
    expect(await refusal(() => exchange(house, client, parent.access_token))).toMatchObject({
      code: 'invalid_request',
      reason: 'subject_token_grant_dead',
    });
  });

  test('a person who signed in with openid gets no ID token this way', async () => {
    const house = await newHouse();
    const { code } = await codeFor(house, { identityScopes: ['openid'] });
    const parent = await redeem(house, code);
    expect(await exchange(house, await hop(house), parent.access_token)).not.toHaveProperty('id_token');
  });
});

describe('RFC 8693 scope', () => {
  test('beyond what the parent token carries is invalid_scope, although the grant covers it', async () => {
    const house = await newHouse();
    const client = await hop(house);
    const parent = await parentToken(house);
    const narrow = await exchange(house, client, parent.access_token, { scope: 'todos:read' });
    const error = await refusal(() => exchange(house, client, narrow.access_token, { scope: 'todos:write' }));
    expect(error.code).toBe('invalid_scope');
  });

  test('at another server: what the person granted there', async () => {
    const house = await newHouse();
    const parent = await parentToken(house);
    const answer = await exchange(house, await hop(house), parent.access_token, { audience: 'mail' });
    expect(claimsOf(answer.access_token)).toMatchObject({ aud: mail.resource, scope: 'mail:read' });
  });

  test('at another server: nothing for a token that was narrowed, directly or by an exchange before', async () => {
    const house = await newHouse();
    const client = await hop(house);
    const parent = await parentToken(house);
    const narrowed = await exchange(house, client, parent.access_token, { scope: 'todos:read' });
    const refused = await refusal(() => exchange(house, client, narrowed.access_token, { resource: mail.resource }));
    expect(refused).toMatchObject({ code: 'invalid_target', reason: 'narrowed_subject' });
  });

  test('at another server: nothing that the person did not grant there', async () => {
    const house = await newHouse();
    const client = await hop(house);
    const parent = await parentToken(house);
    const error = await refusal(() =>
      exchange(house, client, parent.access_token, { resource: mail.resource, scope: 'mail:send' }),
    );
    expect(error.code).toBe('invalid_scope');
  });

  test('a server that the grant does not cover is invalid_target', async () => {
    const house = await newHouse();
    const client = await hop(house);
    const { code } = await codeFor(house);
    const parent = await redeem(house, code);
    const error = await refusal(() => exchange(house, client, parent.access_token, { resource: mail.resource }));
    expect(error).toMatchObject({ code: 'invalid_target', reason: 'resource_not_granted' });
  });

  test.each([
    ['an unknown audience', { audience: 'nobody' }],
    ['an unknown resource', { resource: 'https://other.example' }],
    ['an audience and a resource that differ', { audience: 'mail', resource: todos.resource }],
  ])('%s is invalid_target', async (_, values) => {
    const house = await newHouse();
    const client = await hop(house);
    const parent = await parentToken(house);
    expect((await refusal(() => exchange(house, client, parent.access_token, values))).code).toBe('invalid_target');
  });

  test('audience and resource that mean the same server are one', async () => {
    const house = await newHouse();
    const parent = await parentToken(house);
    const values = { audience: mail.resource, resource: `${mail.resource}/` };
    const answer = await exchange(house, await hop(house), parent.access_token, values);
    expect(claimsOf(answer.access_token)['aud']).toBe(mail.resource);
  });
});

describe('RFC 8693 §4.1 act', () => {
  test('names every hop, the latest outermost, and no more than four', async () => {
    const house = await newHouse();
    const hops = await Promise.all(Array.from({ length: 5 }, () => hop(house)));
    let token = (await parentToken(house)).access_token;
    for (const client of hops.slice(0, 4)) token = (await exchange(house, client, token)).access_token;
    const [a, b, c, d] = hops.map(({ clientId }) => clientId);
    expect(claimsOf(token)['act']).toEqual({ sub: d, act: { sub: c, act: { sub: b, act: { sub: a } } } });
    const error = await refusal(() => exchange(house, hops[4]!, token));
    expect(error).toMatchObject({ code: 'invalid_request', reason: 'act_chain' });
  });

  test('is not there for a client that narrows its own token, and not repeated by the same hop', async () => {
    const house = await newHouse();
    const client = await hop(house, {
      grantTypes: ['client_credentials', tokenExchange],
      machineScopes: ['todos:write'],
    });
    const known = { grant_type: 'client_credentials', client_id: client.clientId, client_secret: secret };
    const own = await exchangeToken({ params: form(known) }, house.deps);
    const narrow = await exchange(house, client, own.access_token, { scope: 'todos:read' });
    expect(claimsOf(narrow.access_token)).not.toHaveProperty('act');
    const once = await exchange(house, client, (await parentToken(house)).access_token);
    const twice = await exchange(house, client, once.access_token);
    expect(claimsOf(twice.access_token)['act']).toEqual({ sub: client.clientId });
  });
});

describe('RFC 8693 §2.2.2 what is refused as invalid_request', () => {
  test.each([
    ['an unknown subject_token_type', { subject_token_type: 'urn:ietf:params:oauth:token-type:saml2' }],
    ['no subject_token_type', { subject_token_type: undefined }],
    ['no subject_token', { subject_token: undefined }],
    ['a refresh token as subject', { subject_token_type: 'urn:ietf:params:oauth:token-type:refresh_token' }],
    ['a wish for a refresh token', { requested_token_type: 'urn:ietf:params:oauth:token-type:refresh_token' }],
    ['an actor_token', { actor_token: 'x', actor_token_type: accessToken }],
    ['a token that is no JWT', { subject_token: 'x.y.z' }],
  ])('%s', async (_, values) => {
    const house = await newHouse();
    const client = await hop(house);
    const parent = await parentToken(house);
    expect((await refusal(() => exchange(house, client, parent.access_token, values))).code).toBe('invalid_request');
  });

  test('an expired token', async () => {
    const house = await newHouse();
    const client = await hop(house);
    const parent = await parentToken(house);
    house.deps.clock.forward(3600);
    expect(await refusal(() => exchange(house, client, parent.access_token))).toMatchObject({
      code: 'invalid_request',
      reason: 'subject_token_expired',
    });
  });

  test('a token whose signature was changed', async () => {
    const house = await newHouse();
    const client = await hop(house);
    const [header, , signature] = (await parentToken(house)).access_token.split('.');
    const payload = Buffer.from(JSON.stringify({ aud: todos.resource, scope: 'todos:write' })).toString('base64url');
    const error = await refusal(() => exchange(house, client, [header, payload, signature].join('.')));
    expect(error).toMatchObject({ code: 'invalid_request', reason: 'subject_token_signature' });
  });
});

describe('RFC 8693 who may exchange', () => {
  test.each([
    ['a client that registered itself', { kind: 'dynamic' }, 'client_kind'],
    ['a client with a metadata document', { kind: 'metadata-document' }, 'client_kind'],
    ['a client that is not registered for it', { grantTypes: ['authorization_code'] }, 'grant_type_not_registered'],
  ] as const)('not %s', async (_, changes, reason) => {
    const house = await newHouse();
    const client = await hop(house, changes);
    const parent = await parentToken(house);
    const error = await refusal(() => exchange(house, client, parent.access_token));
    expect(error).toMatchObject({ code: 'unauthorized_client', reason });
  });

  test('not a public client', async () => {
    const house = await newHouse();
    const client = await hop(house, { tokenEndpointAuthMethod: 'none' });
    const parent = await parentToken(house);
    const error = await refusal(() => exchange(house, client, parent.access_token, { client_secret: undefined }));
    expect(error).toMatchObject({ code: 'unauthorized_client', reason: 'public_client' });
  });
});
