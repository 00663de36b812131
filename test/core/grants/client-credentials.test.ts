import { describe, expect, test } from 'vitest';
import type { Client } from '../../../lambdas/core/client.ts';
import { exchangeToken } from '../../../lambdas/core/grants/exchange-token.ts';
import { grantLiveness } from '../../../lambdas/core/resource/grant-liveness.ts';
import { verifyAccessToken } from '../../../lambdas/core/resource/verify-access-token.ts';
import { confidentialClient, form, mail, refusal, secret, todos } from '../fixtures.ts';
import { useHouse } from '../house.ts';
import type { House } from '../house.ts';
import { claimsOf } from './flow.ts';

const newHouse = useHouse();

async function machine(house: House, changes: Partial<Client> = {}): Promise<Client> {
  const client: Client = {
    ...confidentialClient,
    clientId: `machine-${house.deps.entropy.token(6)}`,
    kind: 'pre-registered',
    redirectUris: [],
    responseTypes: [],
    grantTypes: ['client_credentials'],
    machineScopes: ['todos:write'],
    ...changes,
  };
  await house.deps.clients.register(client);
  return client;
}

function ask(house: House, client: Client, values: Record<string, string | undefined> = {}) {
  const known = { grant_type: 'client_credentials', client_id: client.clientId, client_secret: secret };
  return exchangeToken({ params: form({ ...known, ...values }) }, house.deps);
}

describe('X-CC a machine acts for itself', () => {
  test('gets its scopes at its server: subject is the client, and there is no refresh token (AS-68)', async () => {
    const house = await newHouse();
    const client = await machine(house);
    const answer = await ask(house, client);
    expect(answer).toMatchObject({ token_type: 'Bearer', expires_in: 3600, scope: 'todos:write' });
    expect(answer).not.toHaveProperty('refresh_token');
    expect(claimsOf(answer.access_token)).toMatchObject({
      sub: client.clientId,
      client_id: client.clientId,
      aud: todos.resource,
      scope: 'todos:write',
    });
  });

  test('one write, one signature, no read but the client', async () => {
    const house = await newHouse();
    const client = await machine(house);
    const before = { ...house.calls };
    await ask(house, client);
    const made = Object.entries(house.calls).filter(([name, count]) => count !== before[name]);
    expect(made.map(([name, count]) => [name, count - (before[name] ?? 0)])).toEqual([
      ['find', 1],
      ['create', 1],
    ]);
    expect(house.deps.signer.count).toBe(1);
  });

  test('D9 the guard takes the token while its grant lives, and not after it was revoked', async () => {
    const house = await newHouse();
    const { access_token } = await ask(house, await machine(house));
    const { issuer, signingKeys: keys, clock, grants, grantStates } = house.deps;
    const claims = await verifyAccessToken(access_token, { issuer, server: todos, keys, clock });
    const isAlive = grantLiveness({ grantStates, clock, seconds: 0 });
    expect(await isAlive(claims)).toBe(true);
    await grants.revoke(claims.gid, clock.now() + 3600);
    expect(await isAlive(claims)).toBe(false);
  });

  test.each([
    ['a narrower one that is implied (RS-08)', 'todos:read', 'todos:read'],
    ['what it may have beside what it may not', 'todos:write mail:send', 'todos:write'],
    ['unknown names beside known ones (pain 15)', 'todos:write nonsense offline_access', 'todos:write'],
  ])('scope: %s', async (_, scope, given) => {
    const house = await newHouse();
    expect((await ask(house, await machine(house), { scope })).scope).toBe(given);
  });

  test.each([
    ['of another server', 'mail:read'],
    ['that nobody knows', 'nonsense'],
  ])('a scope %s alone is invalid_scope', async (_, scope) => {
    const house = await newHouse();
    const client = await machine(house);
    expect((await refusal(() => ask(house, client, { scope }))).code).toBe('invalid_scope');
  });

  test('a scope beyond what the administrator fixed is not given', async () => {
    const house = await newHouse();
    const client = await machine(house, { machineScopes: ['todos:read'] });
    expect((await refusal(() => ask(house, client, { scope: 'todos:write' }))).code).toBe('invalid_scope');
  });

  test.each([[[]], [undefined]])('a client with scopes %j gets no token', async (machineScopes) => {
    const house = await newHouse();
    const { machineScopes: _, ...none } = await machine(house);
    const client = { ...none, clientId: `${none.clientId}-none`, ...(machineScopes && { machineScopes }) };
    await house.deps.clients.register(client);
    expect((await refusal(() => ask(house, client))).code).toBe('invalid_scope');
  });

  test('without resource: the first server at which it may do something', async () => {
    const house = await newHouse();
    const client = await machine(house, { machineScopes: ['mail:send'] });
    expect(claimsOf((await ask(house, client)).access_token)['aud']).toBe(mail.resource);
  });

  test('AS-66 a resource that is unknown is invalid_target', async () => {
    const house = await newHouse();
    const client = await machine(house);
    expect((await refusal(() => ask(house, client, { resource: 'https://other.example' }))).code).toBe(
      'invalid_target',
    );
  });
});

describe('X-CC is for pre-registered confidential clients only', () => {
  test.each([
    ['a client that registered itself', { kind: 'dynamic' }, 'client_kind'],
    ['a client with a metadata document', { kind: 'metadata-document' }, 'client_kind'],
    ['a client that is not registered for it', { grantTypes: ['authorization_code'] }, 'grant_type_not_registered'],
  ] as const)('%s is refused', async (_, changes, reason) => {
    const house = await newHouse();
    const client = await machine(house, changes);
    expect(await refusal(() => ask(house, client))).toMatchObject({ code: 'unauthorized_client', reason });
  });

  test('a public client is refused, whatever it is registered for', async () => {
    const house = await newHouse();
    const client = await machine(house, { tokenEndpointAuthMethod: 'none' });
    const error = await refusal(() => ask(house, client, { client_secret: undefined }));
    expect(error).toMatchObject({ code: 'unauthorized_client', reason: 'public_client' });
  });

  test('a client that may authenticate or not must do so here (pain 17)', async () => {
    const house = await newHouse();
    const client = await machine(house, { tokenEndpointAuthMethods: ['client_secret_post', 'none'] });
    const error = await refusal(() => ask(house, client, { client_secret: undefined }));
    expect(error).toMatchObject({ code: 'unauthorized_client', reason: 'public_client' });
    expect((await ask(house, client)).scope).toBe('todos:write');
  });

  test('a wrong secret is invalid_client', async () => {
    const house = await newHouse();
    const client = await machine(house);
    expect((await refusal(() => ask(house, client, { client_secret: 'wrong' }))).code).toBe('invalid_client');
  });

  test('a repeated scope is refused before anything is written (AS-60)', async () => {
    const house = await newHouse();
    const client = await machine(house);
    const params = form({ grant_type: 'client_credentials', client_id: client.clientId, client_secret: secret });
    params.append('scope', 'todos:read');
    params.append('scope', 'todos:write');
    expect((await refusal(() => exchangeToken({ params }, house.deps))).code).toBe('invalid_request');
    expect(house.calls['create']).toBeUndefined();
  });
});
