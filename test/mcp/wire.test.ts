import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bearerChallenge } from '../../lambdas/contract/challenge.ts';
import { issuer } from '../resource/forge.ts';
import type { Scene } from './scene.ts';
import { openScene } from './scene.ts';
import { envelope, legacyPost, messageOf, messagesOf, modernPost } from './wire.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await openScene(['loopback', 'https://app.example.org']);
});
afterAll(() => scene.stop());

const request = (method: string, params: Record<string, unknown> = {}, id: unknown = 1) => ({
  jsonrpc: '2.0',
  id,
  method,
  params,
});

const hello = (protocolVersion: string) =>
  request('initialize', { protocolVersion, capabilities: {}, clientInfo: { name: 'raw', version: '1' } });

describe('2026-07-28', () => {
  test('MS-01 server/discover says versions and capabilities, and for how long', async () => {
    const response = await scene.send(modernPost('server/discover'));
    expect(response.status).toBe(200);
    const { result } = await messageOf(response);
    expect(result).toMatchObject({
      supportedVersions: expect.arrayContaining(['2026-07-28']),
      capabilities: { tools: { listChanged: false } },
      resultType: 'complete',
      cacheScope: 'private',
    });
    expect(result?.['ttlMs']).toBeGreaterThanOrEqual(0);
  });

  test('MS-02 a request without its _meta is 400, -32602', async () => {
    const init = modernPost('tools/list', { _meta: undefined });
    const response = await scene.send(init);
    expect(response.status).toBe(400);
    expect((await messageOf(response)).error?.code).toBe(-32602);
  });

  test('MS-02 clientInfo may be left out, clientCapabilities may not', async () => {
    const meta = envelope();
    delete meta['io.modelcontextprotocol/clientInfo'];
    expect((await scene.send(modernPost('tools/list', { _meta: meta }))).status).toBe(200);
    delete meta['io.modelcontextprotocol/clientCapabilities'];
    const response = await scene.send(modernPost('tools/list', { _meta: meta }));
    expect(response.status).toBe(400);
    expect((await messageOf(response)).error?.code).toBe(-32602);
  });

  test.each([
    ['Mcp-Method missing', { 'mcp-method': '' }],
    ['Mcp-Method of another method', { 'mcp-method': 'tools/list' }],
    ['Mcp-Name missing', { 'mcp-name': '' }],
    ['Mcp-Name of another tool', { 'mcp-name': 'get_todo' }],
    ['Mcp-Name in broken base64', { 'mcp-name': '=?base64?%%?=' }],
    ['MCP-Protocol-Version missing', { 'mcp-protocol-version': '' }],
    ['MCP-Protocol-Version of another revision', { 'mcp-protocol-version': '2025-11-25' }],
  ])('MS-03 %s is 400, -32020', async (_, headers) => {
    const response = await scene.send(modernPost('tools/call', { name: 'whoami', arguments: {} }, headers));
    expect(response.status).toBe(400);
    expect((await messageOf(response)).error?.code).toBe(-32020);
  });

  test('MS-03 the name may travel in base64', async () => {
    const name = `=?base64?${Buffer.from('whoami').toString('base64')}?=`;
    const response = await scene.send(
      modernPost('tools/call', { name: 'whoami', arguments: {} }, { 'mcp-name': name }),
    );
    expect(response.status).toBe(200);
  });

  test('MS-04 an unknown revision is 400, -32022, and the known ones are named', async () => {
    const response = await scene.send(modernPost('tools/list', { _meta: envelope('2099-01-01') }, {}, '2099-01-01'));
    expect(response.status).toBe(400);
    const { error } = await messageOf(response);
    expect(error).toMatchObject({ code: -32022, data: { supported: expect.arrayContaining(['2026-07-28']) } });
  });

  test.each(['no/such', 'initialize', 'ping', 'logging/setLevel', 'resources/subscribe'])(
    'MS-04 the unknown or removed method %s is 404, -32601',
    async (method) => {
      const response = await scene.send(modernPost(method));
      expect(response.status).toBe(404);
      expect((await messageOf(response)).error?.code).toBe(-32601);
    },
  );

  test('MS-05 results say that they are complete; lists may be kept by that client alone', async () => {
    const list = await messageOf(await scene.send(modernPost('tools/list')));
    expect(list.result).toMatchObject({ resultType: 'complete', ttlMs: 60_000, cacheScope: 'private' });
    const call = await messageOf(await scene.send(modernPost('tools/call', { name: 'whoami', arguments: {} })));
    expect(call.result).toMatchObject({ resultType: 'complete', structuredContent: { sub: 'alice' } });
  });

  test('MS-07 subscriptions/listen is acknowledged and ends at once, for nothing ever changes', async () => {
    const params = { notifications: { toolsListChanged: true } };
    const response = await scene.send(modernPost('subscriptions/listen', params));
    expect(response.headers.get('x-accel-buffering')).toBe('no');
    const started = performance.now();
    const text = await response.text();
    expect(performance.now() - started).toBeLessThan(2000);
    expect(text).toContain('notifications/subscriptions/acknowledged');
  });

  test('MS-10 an unknown tool is -32602, and the retired codes are not used', async () => {
    const response = await scene.send(modernPost('tools/call', { name: 'no_such_tool', arguments: {} }));
    expect((await messageOf(response)).error?.code).toBe(-32602);
  });

  test('a batch is refused', async () => {
    const init = modernPost('tools/list');
    const response = await scene.send({ ...init, body: `[${init.body}]` });
    expect(response.status).toBe(400);
  });

  test('each tool tells a client what it may do', async () => {
    const { result } = await messageOf(await scene.send(modernPost('tools/list')));
    const tools = result?.['tools'] as Record<string, Record<string, unknown>>[];
    expect(tools).toHaveLength(6);
    for (const tool of tools) {
      expect(tool).toMatchObject({
        title: expect.any(String),
        description: expect.any(String),
        inputSchema: { type: 'object', additionalProperties: false },
        outputSchema: { type: 'object' },
        annotations: { readOnlyHint: expect.any(Boolean), openWorldHint: false },
      });
    }
    const readOnly = tools.filter(({ annotations }) => annotations?.['readOnlyHint']).map(({ name }) => name);
    expect(readOnly).toEqual(['list_todos', 'get_todo', 'whoami']);
    const destructive = tools.filter(({ annotations }) => annotations?.['destructiveHint']).map(({ name }) => name);
    expect(destructive).toEqual(['update_todo', 'delete_todo']);
  });
});

describe('the revisions before', () => {
  test.each(['2024-11-05', '2025-03-26', '2025-06-18', '2025-11-25'])('initialize with %s', async (version) => {
    const response = await scene.send(legacyPost(hello(version)));
    expect(response.status).toBe(200);
    expect(response.headers.get('mcp-session-id')).toBeNull();
    const { result } = await messageOf(response);
    expect(result).toMatchObject({
      protocolVersion: version,
      capabilities: { tools: { listChanged: false } },
      serverInfo: { name: 'gatehouse-todos' },
      instructions: expect.any(String),
    });
  });

  test('initialize with an unknown revision is answered with one that both may know', async () => {
    const { result } = await messageOf(await scene.send(legacyPost(hello('1999-01-01'))));
    expect(result?.['protocolVersion']).toBe('2025-11-25');
  });

  test('2025-06-18: an unknown MCP-Protocol-Version is 400', async () => {
    const response = await scene.send(legacyPost(request('tools/list'), { 'mcp-protocol-version': '1999-01-01' }));
    expect(response.status).toBe(400);
  });

  test('2025-03-26: a batch is answered message by message', async () => {
    const batch = [request('tools/list', {}, 'a'), request('ping', {}, 'b')];
    const messages = await messagesOf(await scene.send(legacyPost(batch)));
    expect(messages.map(({ id }) => id).sort()).toEqual(['a', 'b']);
    expect(messages.every(({ result }) => result !== undefined)).toBe(true);
  });

  test.each(['2025-06-18', '2025-11-25'])('%s: a batch is refused', async (version) => {
    const headers = { 'mcp-protocol-version': version };
    const response = await scene.send(legacyPost([request('tools/list')], headers));
    expect(response.status).toBe(400);
    expect((await messageOf(response)).error?.code).toBe(-32600);
  });

  test.each(['2024-11-05', '2025-03-26', '2025-06-18', '2025-11-25'])('tools/list under %s', async (version) => {
    const headers = version < '2025-06-18' ? {} : { 'mcp-protocol-version': version };
    const { result } = await messageOf(await scene.send(legacyPost(request('tools/list'), headers)));
    expect(result?.['tools']).toHaveLength(6);
  });

  test('MS-12 a stream is not to be buffered on its way, and names no connection of its own', async () => {
    const response = await scene.send(legacyPost(request('tools/list')));
    expect(response.headers.get('content-type')).toBe('text/event-stream');
    expect(response.headers.get('x-accel-buffering')).toBe('no');
    expect(response.headers.get('connection')).toBeNull();
  });

  test('an unknown method is -32601', async () => {
    expect((await messageOf(await scene.send(legacyPost(request('no/such'))))).error?.code).toBe(-32601);
  });

  test('RS-10 a session id is neither given nor believed', async () => {
    const response = await scene.send(legacyPost(request('tools/list'), { 'mcp-session-id': 'stolen' }));
    expect(response.status).toBe(200);
    expect(response.headers.get('mcp-session-id')).toBeNull();
  });
});

describe('every revision', () => {
  test.each([
    ['legacy', legacyPost({ jsonrpc: '2.0', method: 'notifications/initialized' })],
    ['modern', modernPost('notifications/cancelled', { requestId: 1 })],
  ])('MS-12 a notification is 202 with no body (%s)', async (kind, init) => {
    const body = JSON.parse(init.body) as Record<string, unknown>;
    delete body['id'];
    const response = await scene.send({ ...init, body: JSON.stringify(body) });
    expect(response.status, kind).toBe(202);
    expect(await response.text()).toBe('');
  });

  test.each(['GET', 'DELETE', 'PUT', 'PATCH', 'HEAD'])('MS-09 %s is 405 with Allow', async (method) => {
    const headers = { accept: 'text/event-stream', 'last-event-id': '1', 'mcp-session-id': 'x' };
    const response = await scene.send({ method, headers });
    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toBe('POST');
  });

  test.each(['text/plain', 'application/x-www-form-urlencoded', 'text/plain; application/json', ''])(
    '415 for content of type %j',
    async (type) => {
      const init = legacyPost(request('tools/list'), { 'content-type': type });
      expect((await scene.send(init)).status).toBe(415);
    },
  );

  test('413 for more than 1 MiB, 200 for a little less', async () => {
    const padded = (length: number) => legacyPost(request('tools/list', { _meta: { padding: 'x'.repeat(length) } }));
    expect((await scene.send(padded(2 ** 20))).status).toBe(413);
    expect((await scene.send(padded(2 ** 20 - 200))).status).toBe(200);
  });

  test.each(['', '{', 'null', '5', '[]', '"x"', '{}', '[null]', '{"jsonrpc":"1.0"}'])(
    'the body %j is 400, with a JSON-RPC error',
    async (body) => {
      const response = await scene.send({ ...legacyPost({}), body });
      expect(response.status).toBe(400);
      expect((await messageOf(response)).error?.code).toBeLessThan(0);
    },
  );
});

describe('RS-07 scopes are judged by the body, whatever the headers say', () => {
  const deleting = { name: 'delete_todo', arguments: { id: 'x' } };
  const reader = { scope: 'todos:read' };
  const expected = bearerChallenge({
    error: 'insufficient_scope',
    errorDescription: 'This tool needs a scope that the access token does not carry.',
    scopes: ['todos:read', 'todos:delete'],
    resourceMetadata: `${issuer}/.well-known/oauth-protected-resource/mcp`,
  });

  test.each([
    ['2026-07-28', modernPost('tools/call', deleting)],
    ['2026-07-28, with the name of a tool that is open', modernPost('tools/call', deleting, { 'mcp-name': 'whoami' })],
    ['2026-07-28, with the name of another method', modernPost('tools/call', deleting, { 'mcp-method': 'tools/list' })],
    ['2025-11-25', legacyPost(request('tools/call', deleting, 7), { 'mcp-protocol-version': '2025-11-25' })],
    ['2025-06-18', legacyPost(request('tools/call', deleting, 7), { 'mcp-protocol-version': '2025-06-18' })],
    ['2025-03-26', legacyPost(request('tools/call', deleting, 7))],
    ['2025-03-26, in a batch', legacyPost([request('tools/list'), request('tools/call', deleting, 7)])],
  ])('%s', async (_, init) => {
    const response = await scene.send(init, reader);
    expect(response.status).toBe(403);
    expect(response.headers.get('www-authenticate')).toBe(expected);
    const message = await messageOf(response);
    expect(message).toMatchObject({ jsonrpc: '2.0', id: 7 });
    expect(message.error?.data).toEqual({ error: 'insufficient_scope', scope: 'todos:read todos:delete' });
  });

  test('a batch gets one challenge for all its calls, and none of them is run', async () => {
    const calls = [
      request('tools/call', { name: 'create_todo', arguments: { title: 'x' } }, 1),
      request('tools/call', deleting, 2),
      request('tools/call', { name: 'list_todos', arguments: {} }, 3),
    ];
    const response = await scene.send(legacyPost(calls), { scope: 'todos:read', sub: 'batcher' });
    expect((await messageOf(response)).error?.data?.['scope']).toBe('todos:read todos:write todos:delete');
    const list = legacyPost(request('tools/call', { name: 'list_todos', arguments: {} }));
    const { result } = await messageOf(await scene.send(list, { sub: 'batcher' }));
    expect(result?.['structuredContent']).toEqual({ todos: [] });
  });

  test('a refusal is one line in the log, with the tool and no argument', async () => {
    scene.lines.length = 0;
    await scene.send(legacyPost(request('tools/call', deleting)), reader);
    expect(scene.lines).toEqual([
      {
        level: 'info',
        message: 'refused',
        fields: {
          reason: 'insufficient_scope',
          server: 'todos',
          tool: 'delete_todo',
          clientId: 'client-1',
          gid: 'grant-1',
        },
      },
    ]);
  });
});

describe('browsers', () => {
  const from = (origin: string) => scene.send(legacyPost(request('tools/list'), { origin }));

  test.each([
    issuer,
    'http://localhost:6274',
    'http://127.0.0.1:8080',
    'http://[::1]:1',
    'https://localhost',
    'https://app.example.org',
  ])('MS-08 a page of %s may call', async (origin) => {
    const response = await from(origin);
    expect(response.status).toBe(200);
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
    expect(response.headers.get('access-control-allow-credentials')).toBeNull();
    expect(response.headers.get('access-control-expose-headers')).toBe('WWW-Authenticate, Mcp-Session-Id, Retry-After');
  });

  test.each([
    'https://evil.example.com',
    'null',
    '',
    'http://localhost.evil.com',
    'http://127.0.0.1.nip.io',
    'http://localhost:6274/path',
    'http://user@localhost',
    'HTTPS://APP.EXAMPLE.ORG.',
    `${issuer}.evil.com`,
    `${issuer}:8443`,
    'http://app.example.org',
  ])('MS-08 a page of %j gets 403 and learns nothing', async (origin) => {
    const response = await from(origin);
    expect(response.status).toBe(403);
    expect(response.headers.get('access-control-allow-origin')).toBeNull();
    expect(await messageOf(response)).toMatchObject({ jsonrpc: '2.0', id: null, error: { code: -32000 } });
  });

  test('MS-08 GET of a foreign page is 403 as well', async () => {
    const response = await scene.send({ method: 'GET', headers: { origin: 'https://evil.example.com' } });
    expect(response.status).toBe(403);
  });

  test('without loopback in the settings a loopback page is foreign', async () => {
    const strict = await openScene([]);
    const response = await strict.send(legacyPost(request('tools/list'), { origin: 'http://localhost:6274' }));
    expect(response.status).toBe(403);
    await strict.stop();
  });

  test('errors can be read by a page too', async () => {
    const response = await scene.send(legacyPost(request('tools/call', { name: 'get_todo' })), { scope: '' });
    expect(response.status).toBe(403);
    expect(response.headers.get('access-control-expose-headers')).toContain('WWW-Authenticate');
  });
});

test('a caller of a server that is not served here is a fault, never an answer', async () => {
  await expect(scene.send(legacyPost(request('tools/list')), { server: 'notes' })).rejects.toThrow(/not served here/);
});

test('a fault of ours is hidden from the caller and logged', async () => {
  const broken = await openScene();
  await broken.stop();
  const call = legacyPost(request('tools/call', { name: 'list_todos', arguments: {} }));
  const { result } = await messageOf(await broken.send(call));
  expect(result?.['isError']).toBe(true);
  expect(JSON.stringify(result)).not.toMatch(/ECONNREFUSED|127\.0\.0\.1|Todos/);
  expect(broken.lines).toMatchObject([{ level: 'error', message: 'tool failed', fields: { tool: 'list_todos' } }]);
});
