import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { registrationApp } from '../../lambdas/http/registration-app.ts';
import { ec, rsa } from '../core/client-auth/assertions.ts';
import { form, issuer } from '../core/fixtures.ts';
import type { Desk } from './desk.ts';
import { startDesk } from './desk.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await startDesk();
});
afterAll(() => desk.stop());

interface Registered {
  readonly client_id: string;
  readonly client_secret: string;
  readonly registration_access_token: string;
  readonly registration_client_uri: string;
}

const metadata = {
  client_name: 'A service',
  redirect_uris: ['https://service.example/cb'],
  token_endpoint_auth_method: 'client_secret_basic',
  contacts: ['ops@service.example'],
};
const signing = { ...metadata, token_endpoint_auth_method: 'private_key_jwt', jwks: { keys: [ec.publicJwk] } };
const json = { 'content-type': 'application/json' };

async function register(body: object = metadata): Promise<Registered> {
  const answer = await desk.registration.request(`${issuer}/register`, {
    method: 'POST',
    body: JSON.stringify(body),
    headers: json,
  });
  expect(answer.status).toBe(201);
  return (await answer.json()) as Registered;
}

function manage(url: string, method: string, token?: string, body?: unknown): Promise<Response> {
  const headers = { ...json, ...(token !== undefined && { authorization: `Bearer ${token}` }) };
  const init = { method, headers, ...(body !== undefined && method !== 'GET' && { body: JSON.stringify(body) }) };
  return Promise.resolve(desk.registration.request(url, init));
}

/** Asks the token endpoint for anything: `invalid_grant` means that the client was believed. */
async function tokenError({ client_id, client_secret }: Pick<Registered, 'client_id' | 'client_secret'>) {
  const body = form({ grant_type: 'refresh_token', refresh_token: 'none', client_id, client_secret }).toString();
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  const answer = await desk.token.request(`${issuer}/token`, { method: 'POST', body, headers });
  return ((await answer.json()) as { error: string }).error;
}

test('AS-34 a confidential client is told where it manages its registration; a public one is not', async () => {
  const client = await register();
  expect(client.registration_client_uri).toBe(`${issuer}/register/${client.client_id}`);
  expect(client.registration_access_token).toMatch(/^ga_[\w-]{43}$/);
  expect(JSON.stringify(await desk.clients.find(client.client_id, 0))).not.toContain(client.registration_access_token);
  const open = await register({ ...metadata, token_endpoint_auth_method: 'none' });
  expect(Object.keys(open).filter((name) => name.startsWith('registration_'))).toEqual([]);
});

test('AS-34 RFC 7592 §2.1 GET tells what is registered, without the secret', async () => {
  const { registration_client_uri: uri, registration_access_token: token, ...client } = await register();
  const answer = await manage(uri, 'GET', token);
  expect(answer.status).toBe(200);
  expect(answer.headers.get('cache-control')).toBe('no-store');
  const { client_secret: _, client_secret_expires_at: __, ...rest } = client as Record<string, unknown>;
  expect(await answer.json()).toEqual({
    ...rest,
    registration_client_uri: uri,
    registration_access_token: token,
  });
});

describe('AS-34 RFC 7592 §2.2 PUT', () => {
  test('replaces everything that the client said, and keeps its id, secret and first registration', async () => {
    const client = await register();
    const before = await desk.clients.find(client.client_id, 0);
    const { client_id, client_secret } = client;
    const next = { client_id, client_secret, client_name: 'New', redirect_uris: ['https://new.example/cb'] };
    const answer = await manage(client.registration_client_uri, 'PUT', client.registration_access_token, next);
    expect(answer.status).toBe(200);
    const body = (await answer.json()) as Record<string, unknown>;
    expect(body).toMatchObject({ client_id, client_name: 'New', redirect_uris: ['https://new.example/cb'] });
    expect(body).not.toHaveProperty('contacts');
    expect(body).not.toHaveProperty('client_secret');
    const { contacts: _, ...kept } = before!;
    expect(await desk.clients.find(client_id, 0)).toEqual({
      ...kept,
      clientName: 'New',
      redirectUris: ['https://new.example/cb'],
      revision: 1,
    });
    expect(await tokenError(client)).toBe('invalid_grant');
  });

  test('may change keys, and from a secret to keys and back, which makes a new secret', async () => {
    const client = await register();
    const { client_id, registration_client_uri: uri, registration_access_token: token } = client;
    const replace = async (body: object) => {
      const answer = await manage(uri, 'PUT', token, { ...body, client_id });
      expect(answer.status).toBe(200);
      return (await answer.json()) as Registered;
    };
    await replace(signing);
    expect(await tokenError(client)).toBe('invalid_client');
    await replace({ ...signing, jwks: { keys: [rsa.publicJwk] } });
    expect((await desk.clients.find(client_id, 0))?.jwks).toEqual({ keys: [rsa.publicJwk] });
    const { client_secret } = await replace(metadata);
    expect(client_secret).toMatch(/^gs_/);
    expect(await tokenError({ client_id, client_secret })).toBe('invalid_grant');
    expect(await tokenError(client)).toBe('invalid_client');
    expect(await desk.clients.find(client_id, 0)).not.toHaveProperty('jwks');
  });

  test.each([
    ['no client_id', { client_id: undefined }],
    ['the client_id of another', { client_id: 'client-1' }],
    ['a secret of its own choice', { client_secret: 'my own' }],
    ['no redirect URI that can be used', { redirect_uris: ['http://evil.example/cb'] }],
    ['a change to a public client', { token_endpoint_auth_method: 'none' }],
    ['no keys', { token_endpoint_auth_method: 'private_key_jwt' }],
  ])('with %s is 400 and changes nothing', async (_name, changes) => {
    const client = await register();
    const before = await desk.clients.find(client.client_id, 0);
    const body = { ...metadata, client_id: client.client_id, ...changes };
    const answer = await manage(client.registration_client_uri, 'PUT', client.registration_access_token, body);
    expect(answer.status).toBe(400);
    expect(await desk.clients.find(client.client_id, 0)).toEqual(before);
  });

  test('of twenty at once, each that is answered 200 was written whole; the others are 409', async () => {
    const client = await register();
    const { client_id, registration_client_uri: uri, registration_access_token: token } = client;
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        manage(uri, 'PUT', token, { ...metadata, client_id, client_name: `Name ${index}` }),
      ),
    );
    const statuses = answers.map((answer) => answer.status);
    expect(new Set(statuses)).toEqual(new Set([200, 409]));
    const won = statuses.filter((status) => status === 200).length;
    expect((await desk.clients.find(client_id, 0))?.revision).toBe(won);
  });
});

describe('AS-34 RFC 7592 §2.3 DELETE', () => {
  test('is 204; the client is gone, its grants are refused and its token is worth nothing', async () => {
    const client = await register();
    const { registration_client_uri: uri, registration_access_token: token } = client;
    expect(await tokenError(client)).toBe('invalid_grant');
    const answer = await manage(uri, 'DELETE', token);
    expect([answer.status, await answer.text()]).toEqual([204, '']);
    expect(await tokenError(client)).toBe('invalid_client');
    expect((await manage(uri, 'GET', token)).status).toBe(401);
    expect((await manage(uri, 'PUT', token, { ...metadata, client_id: client.client_id })).status).toBe(401);
    expect((await manage(uri, 'DELETE', token)).status).toBe(401);
    expect(await desk.clients.find(client.client_id, 0)).toBeUndefined();
  });
});

describe('AS-34 RFC 7592 §2 a bad token is 401, and tells nothing about who is registered', () => {
  test.each(['GET', 'PUT', 'DELETE'])('%s', async (method) => {
    const client = await register();
    const other = await register();
    const open = await register({ ...metadata, token_endpoint_auth_method: 'none' });
    const tries = [
      [client.registration_client_uri, other.registration_access_token],
      [client.registration_client_uri, client.client_secret],
      [client.registration_client_uri, 'wrong'],
      [`${issuer}/register/nobody`, client.registration_access_token],
      [`${issuer}/register/${open.client_id}`, client.registration_access_token],
      [`${issuer}/register/client-2`, 'wrong'],
      [`${issuer}/register/%00`, 'wrong'],
      [`${issuer}/register/${'x'.repeat(5000)}`, 'wrong'],
    ] as const;
    const answers = await Promise.all(tries.map(([url, token]) => manage(url, method, token, {})));
    const shown = await Promise.all(
      answers.map(async (answer) => [answer.status, answer.headers.get('www-authenticate'), await answer.text()]),
    );
    expect(shown[0]).toEqual([
      401,
      `Bearer realm="${issuer}", error="invalid_token"`,
      expect.stringContaining('"invalid_token"'),
    ]);
    for (const each of shown) expect(each).toEqual(shown[0]);
    expect((await manage(client.registration_client_uri, 'GET', client.registration_access_token)).status).toBe(200);
  });

  test('without a token the challenge has no error', async () => {
    const { registration_client_uri: uri } = await register();
    const answer = await manage(uri, 'GET');
    expect([answer.status, answer.headers.get('www-authenticate')]).toEqual([401, `Bearer realm="${issuer}"`]);
  });

  test('an expired registration is gone', async () => {
    const own = await startDesk();
    const made = await own.registration.request(`${issuer}/register`, {
      method: 'POST',
      body: JSON.stringify(metadata),
      headers: json,
    });
    const client = (await made.json()) as Registered;
    own.clock.forward(365 * 86_400);
    const headers = { authorization: `Bearer ${client.registration_access_token}` };
    const answer = await own.registration.request(client.registration_client_uri, { headers });
    expect(answer.status).toBe(401);
    await own.stop();
  });
});

describe('F-A4 with an initial access token', () => {
  const app = () => {
    const { deps, registry, clients } = desk;
    const settings = { registration: { dynamic: true } };
    return registrationApp({ ...deps, settings, registry, clients, initialAccessToken: async () => 'let-me-in' });
  };
  const post = (headers: Record<string, string>) =>
    app().request(`${issuer}/register`, {
      method: 'POST',
      body: JSON.stringify(metadata),
      headers: { ...json, ...headers },
    });

  test('who has it registers', async () => {
    expect((await post({ authorization: 'Bearer let-me-in' })).status).toBe(201);
  });

  test.each([
    ['none', {}],
    ['a wrong one', { authorization: 'Bearer let-me-out' }],
    ['an empty one', { authorization: 'Bearer ' }],
    ['another scheme', { authorization: 'Basic bGV0LW1lLWlu' }],
  ])('RFC 7591 §3 who sends %s is 401 with a challenge, and nothing is stored', async (_name, headers) => {
    const answer = await post(headers);
    expect(answer.status).toBe(401);
    expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer realm=/);
    expect(await answer.json()).toMatchObject({ error: 'invalid_token' });
  });

  test('registered clients manage themselves with their own token only', async () => {
    const client = await register();
    const get = (token: string) =>
      app().request(client.registration_client_uri, { headers: { authorization: `Bearer ${token}` } });
    expect((await get(client.registration_access_token)).status).toBe(200);
    expect((await get('let-me-in')).status).toBe(401);
  });
});
