import { beforeAll, describe, expect, inject, test } from 'vitest';
import { writePathValue } from '../../lambdas/contract/admin/path-value.ts';
import { callMcp } from '../rig/mcp-call.ts';
import type { Tokens } from '../rig/oauth-client.ts';
import { OAuthClient } from '../rig/oauth-client.ts';
import { Person } from '../rig/person.ts';

const { baseUrl, mcpUrls } = inject('gatehouse');
const mcpUrl = mcpUrls['todo'] ?? '';
const api = `${baseUrl}/admin/api`;
const wish = { resource: api, scope: 'gatehouse:admin gatehouse:admin:read' };

type Body = Record<string, unknown> & { readonly items?: readonly Record<string, unknown>[] };

async function call(token: string | undefined, method: string, path: string, body?: unknown, more = {}) {
  const answer = await fetch(`${api}${path}`, {
    method,
    headers: {
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...more,
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  return { status: answer.status, headers: answer.headers, body: (text === '' ? {} : JSON.parse(text)) as Body };
}

const signIn = async (name: string): Promise<Tokens> =>
  (await OAuthClient.register(baseUrl)).signIn({ person: new Person(name), parameters: wish });

let admin: Tokens;
let auditor: Tokens;
beforeAll(async () => {
  [admin, auditor] = await Promise.all([signIn('admin'), signIn('auditor')]);
});

/** Somebody with an app at the MCP server. */
async function somebody() {
  const person = new Person();
  const client = await OAuthClient.register(baseUrl);
  const tokens = await client.signIn({ person });
  return { person, client, tokens, sub: person.name.toLowerCase() };
}

/** Lists follow within seconds. */
async function listed(path: string, has: (item: Record<string, unknown>) => boolean): Promise<Record<string, unknown>> {
  return expect
    .poll(async () => (await call(admin.accessToken, 'GET', path)).body.items?.find(has), { timeout: 15_000 })
    .toBeDefined()
    .then(async () => (await call(admin.accessToken, 'GET', path)).body.items?.find(has) ?? {});
}

describe('F-D5 who is let in', () => {
  test('the name admin has all rights, auditor looks, everybody else is told no', async () => {
    expect(admin.scope.split(' ').sort()).toEqual(wish.scope.split(' ').sort());
    expect(auditor.scope).toBe('gatehouse:admin:read');
    const client = await OAuthClient.register(baseUrl);
    const landing = await new Person().authorize(client.start(wish).url);
    expect(landing.searchParams.get('error')).toBe('access_denied');
  });

  test('without a token it is 401, with the way to one, and no script may read it', async () => {
    const answer = await call(undefined, 'GET', '/clients', undefined, { origin: 'https://evil.example' });
    expect(answer.status).toBe(401);
    const challenge = answer.headers.get('x-amzn-remapped-www-authenticate') ?? answer.headers.get('www-authenticate');
    const [, metadata = ''] = /resource_metadata="([^"]+)"/.exec(challenge ?? '') ?? [];
    expect(await (await fetch(metadata)).json()).toMatchObject({ resource: api, authorization_servers: [baseUrl] });
    expect(answer.headers.get('access-control-allow-origin')).toBeNull();
    expect(answer.body).toMatchObject({ status: 401, title: expect.any(String), traceId: expect.stringMatching(/-/) });
  });

  test('a token of the one is worth nothing at the other', async () => {
    const { tokens } = await somebody();
    expect((await call(tokens.accessToken, 'GET', '/clients')).status).toBe(401);
    expect((await callMcp(mcpUrl, admin.accessToken)).status).toBe(401);
  });

  test('who may look sees everything and changes nothing', async () => {
    for (const path of ['/clients', '/sessions', '/consents', '/keys', '/servers', '/signing-keys', '/overview']) {
      expect((await call(auditor.accessToken, 'GET', path)).status, path).toBe(200);
    }
    const made = await call(auditor.accessToken, 'POST', '/clients', { clientName: 'Not by me' });
    expect([made.status, made.body['type']]).toEqual([403, 'urn:gatehouse:problem:forbidden']);
    expect((await call(auditor.accessToken, 'DELETE', '/clients/nobody')).status).toBe(403);
  });

  test('access that was given back is dead at once', async () => {
    const client = await OAuthClient.register(baseUrl);
    const tokens = await client.signIn({ person: new Person('auditor'), parameters: wish });
    expect((await call(tokens.accessToken, 'GET', '/servers')).status).toBe(200);
    const { session } = await listed(`/sessions?client=${client.clientId}`, () => true);
    await call(admin.accessToken, 'DELETE', `/sessions/${writePathValue(String(session))}`);
    expect((await call(tokens.accessToken, 'GET', '/servers')).status).toBe(401);
  });
});

describe('F-D1 F-D3 F-D6 what people have', () => {
  test('a session is found by its person, and ended: its refresh is dead at once', async () => {
    const { client, tokens, sub } = await somebody();
    const session = await listed(`/sessions?person=${sub}`, (item) => item['client'] === client.clientId);
    expect(session).toMatchObject({ email: `${sub}@example.test`, person: sub });
    const path = `/sessions/${writePathValue(String(session['session']))}`;
    expect((await call(admin.accessToken, 'GET', path)).body).toMatchObject({ session: session['session'] });
    expect((await call(admin.accessToken, 'DELETE', path)).status).toBe(200);
    expect((await client.refresh(tokens.refreshToken)).body['error']).toBe('invalid_grant');
  });

  test('everything of a person whose name is not plain is ended', async () => {
    const person = new Person(`Ünï ${crypto.randomUUID().slice(0, 6)} / Ö`);
    const client = await OAuthClient.register(baseUrl);
    const tokens = await client.signIn({ person });
    const key = writePathValue(person.name.toLowerCase());
    expect(key).toMatch(/^~/);
    expect((await call(admin.accessToken, 'GET', `/people/${key}`)).body).toMatchObject({
      person: person.name.toLowerCase(),
    });
    expect((await call(admin.accessToken, 'POST', `/people/${key}/revocation`)).status).toBe(200);
    expect((await client.refresh(tokens.refreshToken)).body['error']).toBe('invalid_grant');
  });
});

describe('F-B5 F-D2 clients', () => {
  test('a machine is made, once, works, is changed by whoever read it last, and goes', async () => {
    const input = { clientName: `Machine ${crypto.randomUUID()}`, scopes: ['todo:read'] };
    const repeat = { 'idempotency-key': crypto.randomUUID() };
    const made = await call(admin.accessToken, 'POST', '/clients', input, repeat);
    expect(made.status).toBe(201);
    const { client: id, secret } = made.body as { client: string; secret: string };
    const again = await call(admin.accessToken, 'POST', '/clients', input, repeat);
    expect(again.body).toMatchObject({ client: id, secret });
    const machine = new OAuthClient(baseUrl, id);
    const ask = () => machine.token({ grant_type: 'client_credentials', client_id: id, client_secret: secret });
    const token = await ask();
    expect([token.status, token.body['scope']]).toEqual([200, 'todo:read']);
    const path = `/clients/${writePathValue(id)}`;
    const { version } = (await call(admin.accessToken, 'GET', path)).body as { version: number };
    const change = { ...input, clientName: `${input.clientName} b`, version };
    expect((await call(admin.accessToken, 'PUT', path, change)).status).toBe(200);
    const late = await call(admin.accessToken, 'PUT', path, { ...change, clientName: 'Too late' });
    expect([late.status, late.body['type']]).toEqual([409, 'urn:gatehouse:problem:changed']);
    expect((await call(admin.accessToken, 'DELETE', path)).status).toBe(200);
    // An instance may still know the client for a minute; what it gives out is dead.
    const { access_token: leftover } = (await ask()).body;
    if (typeof leftover === 'string') expect((await callMcp(mcpUrl, leftover)).status).toBe(401);
  });

  test('a mistake is told at the field, and nothing is made', async () => {
    const clientName = `Wrong ${crypto.randomUUID()}`;
    const input = { clientName, redirectUris: ['javascript:alert(1)'], color: 'red' };
    const answer = await call(admin.accessToken, 'POST', '/clients', input);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([400, 'application/problem+json']);
    expect(answer.body['errors']).toContainEqual({ field: 'color', message: expect.any(String) as unknown });
    const { items = [] } = (await call(admin.accessToken, 'GET', '/clients?limit=100')).body;
    expect(items.filter((item) => item['clientName'] === clientName)).toEqual([]);
  });

  test('lists go on where they stopped', async () => {
    await Promise.all([somebody(), somebody(), somebody()]);
    const first = (await call(admin.accessToken, 'GET', '/clients?limit=2')).body;
    expect(first.items).toHaveLength(2);
    const next = encodeURIComponent(String(first['next']));
    const second = (await call(admin.accessToken, 'GET', `/clients?limit=2&cursor=${next}`)).body;
    const ids = [...(first.items ?? []), ...(second.items ?? [])].map((item) => item['client']);
    expect(new Set(ids).size).toBe(ids.length);
    const foreign = await call(admin.accessToken, 'GET', `/sessions?cursor=${next}`);
    expect([foreign.status, foreign.body['errors']]).toEqual([
      400,
      [{ field: 'cursor', message: expect.any(String) as unknown }],
    ]);
  });
});

describe('F-B1 F-B2 API keys', () => {
  test('one is made, opens the server, and is revoked for good', async () => {
    const input = { name: `Key ${crypto.randomUUID()}`, servers: ['todo'], permissions: ['read'], expires: '7d' };
    const made = await call(admin.accessToken, 'POST', '/keys', input);
    expect(made.status).toBe(201);
    const { key, secret } = made.body as { key: string; secret: string };
    expect((await callMcp(mcpUrl, secret)).status).toBe(200);
    expect((await call(admin.accessToken, 'GET', `/keys/${key}`)).body).not.toHaveProperty('secret');
    expect((await call(secret, 'GET', '/keys')).status).toBe(401);
    expect((await call(admin.accessToken, 'DELETE', `/keys/${key}`)).status).toBe(200);
    expect((await call(admin.accessToken, 'GET', `/keys/${key}`)).body).toMatchObject({ state: 'revoked' });
  });
});

test('F-G3 every change says who did it, and a refusal whose it was', async () => {
  const input = { clientName: `Seen ${crypto.randomUUID()}`, scopes: ['todo:read'] };
  const { status, body } = await call(admin.accessToken, 'POST', '/clients', input);
  expect(status).toBe(201);
  const seen = await listed('/audit?person=admin&limit=100', (item) => item['client'] === body['client']);
  expect(seen).toMatchObject({ type: 'admin.client.created', decision: 'allowed', person: 'admin' });
  await call(auditor.accessToken, 'DELETE', '/clients/nobody');
  const refused = await listed('/audit?person=auditor&limit=100', (item) => item['reason'] === 'read_only');
  expect(refused).toMatchObject({ type: 'admin.refused', decision: 'refused', person: 'auditor' });
});

test('F-D5 the API describes itself', async () => {
  const answer = await fetch(`${baseUrl}/admin/openapi.json`);
  const document = (await answer.json()) as { servers: unknown; paths: object };
  expect(document.servers).toEqual([{ url: api }]);
  expect(Object.keys(document.paths)).toContain('/clients/{key}/secret');
});
