import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { Client as ClientV1 } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport as TransportV1 } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { afterAll, describe, expect, test } from 'vitest';
import { AdminApi } from '../rig/admin-api.ts';
import { findSecrets } from '../rig/find-secrets.ts';
import { startGatehouse } from '../rig/gatehouse.ts';
import { callMcp } from '../rig/mcp-call.ts';
import { OAuthClient } from '../rig/oauth-client.ts';
import { Person } from '../rig/person.ts';

const gatehouse = await startGatehouse({ app: 'test/apps/api-keys.ts' });
afterAll(() => gatehouse.stop());
const { baseUrl } = gatehouse;
const { todo = '', notes = '', closed = '' } = gatehouse.mcpUrls;
const admin = await AdminApi.signIn(baseUrl);

let count = 0;
async function makeKey(change: Record<string, unknown> = {}): Promise<{ key: string; secret: string }> {
  count += 1;
  const wish = { name: `Key ${count}`, servers: ['todo'], permissions: ['read'], expires: '30d', ...change };
  const { status, body } = await admin.call('POST', '/keys', wish);
  expect([200, 201], JSON.stringify(body)).toContain(status);
  return { key: String(body['key']), secret: String(body['secret']) };
}

const bearer = (secret: string) => ({ authorization: `Bearer ${secret}` });
const header = (secret: string) => ({ 'x-api-key': secret });
const whoami = { method: 'tools/call', params: { name: 'whoami', arguments: {} } };

/** The tools that a client of either line of the SDK sees, and what one of them says. */
async function bySdk(line: 'v1' | 'v2', headers: Record<string, string>, tool: string) {
  const options = { requestInit: { headers } };
  const info = { name: 'program', version: '1.0.0' };
  const url = new URL(todo);
  const client = line === 'v1' ? new ClientV1(info) : new Client(info, { versionNegotiation: { mode: 'auto' } });
  if (client instanceof ClientV1) await client.connect(new TransportV1(url, options));
  else await client.connect(new StreamableHTTPClientTransport(url, options));
  const { tools } = await client.listTools();
  const answer = await client.callTool({ name: tool, arguments: {} });
  await client.close();
  return { tools: tools.map(({ name }) => name), answer: answer.structuredContent as Record<string, unknown> };
}

describe('F-B1 F-B3 F-B6 a key opens a server beside tokens', () => {
  test.each([
    ['v1', 'Authorization', bearer],
    ['v1', 'X-API-Key', header],
    ['v2', 'Authorization', bearer],
    ['v2', 'X-API-Key', header],
  ] as const)('with SDK %s in %s, it sees and calls what it opens (F-E2)', async (line, _, headers) => {
    const { key, secret } = await makeKey();
    const { tools, answer } = await bySdk(line, headers(secret), 'whoami');
    expect(tools).toEqual(['list_todos', 'get_todo', 'whoami']);
    expect(answer).toMatchObject({
      sub: `key:${key}`,
      clientId: `key:${key}`,
      scopes: ['todo:read'],
      apiKey: secret.slice(0, secret.lastIndexOf('_')),
    });
    await expect(bySdk(line, headers(secret), 'create_todo')).rejects.toThrow(/todo:write/);
  });

  test('a single tool, and nothing besides, also for SDK v1', async () => {
    const { secret } = await makeKey({ permissions: ['tool:list_todos'] });
    for (const line of ['v1', 'v2'] as const) {
      expect(await bySdk(line, header(secret), 'list_todos')).toEqual({ tools: ['list_todos'], answer: { todos: [] } });
      await expect(bySdk(line, header(secret), 'whoami')).rejects.toThrow(/tool:whoami/);
    }
  });

  test('a token opens the same URL', async () => {
    const { accessToken } = await (await OAuthClient.register(baseUrl)).signIn({ person: new Person() });
    expect((await callMcp(todo, accessToken, whoami)).status).toBe(200);
  });

  test('F-B1 a path reaches the tools of a server that obeys paths', async () => {
    const narrow = { servers: ['notes'], permissions: ['write'], paths: ['workspace/acme'] };
    const call = { method: 'tools/call', params: { name: 'read_notes', arguments: {} } };
    const inside = await makeKey(narrow);
    const { body } = await callMcp(notes, undefined, { ...call, headers: header(inside.secret) });
    expect(body).toContain(String.raw`\"paths\":\"[\\\"workspace/acme\\\"]\"`);
    expect(body).toContain(String.raw`\"opensAcme\":true`);
    const outside = await makeKey({ ...narrow, paths: ['workspace/acm'] });
    const answer = await callMcp(notes, undefined, { ...call, headers: header(outside.secret) });
    expect(answer.body).toContain(String.raw`\"opensAcme\":false`);
  });

  test('F-E5 so does the path of a token', async () => {
    const client = await OAuthClient.register(baseUrl);
    const details = JSON.stringify([{ type: 'mcp_paths', paths: ['todos/1'] }]);
    const { accessToken } = await client.signIn({
      person: new Person(),
      parameters: { resource: todo, authorization_details: details },
    });
    expect((await callMcp(todo, accessToken, whoami)).body).toContain('"paths":["todos/1"]');
  });
});

describe('F-B3 what is no good key is 401, and always the same one', () => {
  const statusOf = async (url: string, headers: Record<string, string>) =>
    (await callMcp(url, undefined, { headers })).status;

  test('mistyped, unknown, beside a token, in the query, of a server that takes none', async () => {
    const { secret } = await makeKey();
    const flipped = secret.endsWith('0') ? '1' : '0';
    const answers = await Promise.all([
      callMcp(todo, undefined, { headers: header(secret.slice(0, -1) + flipped) }),
      callMcp(todo, undefined, { headers: { ...header(secret), ...bearer(secret) } }),
      callMcp(`${todo}?api_key=${secret}`),
      callMcp(todo, undefined, { headers: { authorization: `DPoP ${secret}` } }),
      callMcp(todo, undefined),
    ]);
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 401));
    expect(new Set(answers.map(({ challenge }) => challenge)).size).toBe(1);
    expect(await statusOf(closed, header(secret))).toBe(401);
  });

  test('F-B4 revoked: refused, and in the history for ever', async () => {
    const { key, secret } = await makeKey();
    expect(await statusOf(todo, header(secret))).toBe(200);
    expect((await admin.call('DELETE', `/keys/${key}`)).status).toBe(200);
    expect(await statusOf(todo, header(secret))).toBe(401);
    const row = await admin.call('GET', `/keys/${key}`);
    expect(row.body).toMatchObject({ state: 'revoked', revokedBy: 'admin', lastUsedFrom: expect.any(String) });
  });

  test('expired: refused by itself', async () => {
    const expires = new Date(Date.now() + 8000).toISOString();
    const { key, secret } = await makeKey({ expires });
    expect(await statusOf(todo, header(secret))).toBe(200);
    await expect.poll(() => statusOf(todo, header(secret)), { timeout: 20_000, interval: 500 }).toBe(401);
    expect((await admin.call('GET', `/keys/${key}`)).body).toMatchObject({ state: 'expired' });
  });

  test('of another server: 403, in words and without a way to sign in', async () => {
    const { secret } = await makeKey();
    const { status, challenge, body } = await callMcp(notes, undefined, { headers: header(secret) });
    expect(status).toBe(403);
    expect(challenge).toBe(
      'Bearer realm="notes", error_description="This API key does not open the server notes. Ask for a key that names it."',
    );
    expect(JSON.parse(body)).toMatchObject({
      error: 'access_denied',
      error_description: expect.stringContaining('notes'),
    });
  });

  test('of a tool that it does not open: 403 with the permission that it lacks, told by the guard', async () => {
    const { secret } = await makeKey();
    const call = { method: 'tools/call', params: { name: 'delete_todo', arguments: { id: 'x' } } };
    const headers = { ...header(secret), 'mcp-method': 'tools/call', 'mcp-name': 'delete_todo' };
    const { status, challenge, body } = await callMcp(todo, undefined, { ...call, headers });
    expect(status).toBe(403);
    expect(challenge).toContain('lacks the permission todo:write');
    expect(challenge).not.toMatch(/resource_metadata|insufficient_scope/);
    expect(JSON.parse(body)).toMatchObject({ error: 'access_denied' });
  });
});

describe('a server that takes keys only', () => {
  const metadata = (path: string) => fetch(`${baseUrl}/.well-known/oauth-protected-resource${path}`);

  test('names no authorization server', async () => {
    const { status, challenge } = await callMcp(notes);
    expect([status, challenge]).toEqual([401, 'Bearer realm="notes"']);
    expect((await metadata('/notes/mcp')).status).toBe(404);
    const as = await (await fetch(`${baseUrl}/.well-known/oauth-authorization-server`)).json();
    expect((as as { scopes_supported: string[] }).scopes_supported).toContain('notes:read');
    expect((as as { protected_resources: string[] }).protected_resources).not.toContain(notes);
  });

  test('gets no token', async () => {
    const client = await OAuthClient.register(baseUrl);
    const landing = await new Person().authorize(client.start({ resource: notes }).url);
    expect(landing.searchParams.get('error')).toBe('invalid_target');
    expect(landing.searchParams.get('error_description')).toContain('API keys only');
  });
});

describe('from a browser', () => {
  test('the preflight lets the header through', async () => {
    const answer = await fetch(todo, {
      method: 'OPTIONS',
      headers: {
        origin: 'http://localhost:6274',
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'x-api-key,content-type',
      },
    });
    expect(answer.headers.get('access-control-allow-headers')?.toLowerCase()).toContain('x-api-key');
  });
});

describe('F-B2 made once', () => {
  test('the same request gives the same key; the same idempotency key for another is refused', async () => {
    const wish = { name: 'Idempotent', servers: ['todo'], permissions: ['read'], expires: '7d' };
    const make = (body: object) => admin.call('POST', '/keys', body, { 'idempotency-key': 'one' });
    const [first, second] = [await make(wish), await make(wish)];
    expect(second.body).toEqual(first.body);
    expect((await make({ ...wish, permissions: ['write'] })).status).toBeGreaterThanOrEqual(400);
  });

  test('a mistake is told at its field', async () => {
    const wrong = { name: 'Wrong', servers: ['todo'], permissions: ['todo:nope'], expires: '2020-01-01T00:00:00Z' };
    const { status, body } = await admin.call('POST', '/keys', wrong);
    expect(status).toBeGreaterThanOrEqual(400);
    const errors = body['errors'] as { field: string }[];
    expect(errors.map(({ field }) => field)).toEqual(['permissions', 'expires']);
  });

  test('no log line holds a key, whatever is done with it', async () => {
    const { secret } = await makeKey();
    await callMcp(todo, undefined, { headers: header(secret) });
    await callMcp(todo, undefined, { headers: header(`${secret}x`) });
    await callMcp(`${todo}?key=${secret}`, undefined, { headers: { 'user-agent': secret } });
    await new Promise((done) => setTimeout(done, 1000));
    expect(findSecrets(gatehouse.output(), [secret, secret.slice(24)])).toEqual([]);
  });
});
