import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { heldBy, pathsOf } from '../../lambdas/contract/caller.ts';
import type { Caller } from '../../lambdas/contract/caller.ts';
import type { AnyClient, Scene } from './scene.ts';
import { callerOf, clientV1, clientV2, openScene } from './scene.ts';
import { legacyPost, messageOf, messagesOf, modernPost } from './wire.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await openScene();
});
afterAll(() => scene.stop());

/** A caller with an API key, as the guard tells it. */
function keyCaller(change: Partial<Caller> = {}): Caller {
  const { exp: _, ...caller } = callerOf({ clientId: 'key:abc', gid: 'key:abc', keyId: 'abc', scope: '', ...change });
  return caller;
}

const kinds: [string, (caller: Caller) => AnyClient][] = [
  ['SDK 1.32 (2025-11-25)', (caller) => clientV1(scene.app, caller)],
  ['SDK 2.4, legacy', (caller) => clientV2(scene.app, 'legacy', caller)],
  ['SDK 2.4, pinned to 2026-07-28', (caller) => clientV2(scene.app, { pin: '2026-07-28' }, caller)],
];

describe.each(kinds)('F-E2 with an API key, by %s', (kind, open) => {
  async function as(caller: Caller, work: (client: AnyClient) => Promise<void>): Promise<void> {
    const client = open(caller);
    await client.connect();
    await work(client);
    await client.close();
  }

  test('tools/list offers what the key opens: its scopes, its tools, or exactly its tools', async () => {
    await as(keyCaller({ scope: 'todos:read' }), async ({ tools }) =>
      expect(await tools()).toEqual(['list_todos', 'get_todo', 'whoami']),
    );
    await as(keyCaller({ scope: 'todos:read', tools: '["delete_todo"]' }), async ({ tools }) =>
      expect(await tools()).toEqual(['list_todos', 'get_todo', 'delete_todo', 'whoami']),
    );
    await as(keyCaller({ tools: '["create_todo"]' }), async ({ tools }) =>
      expect(await tools()).toEqual(['create_todo']),
    );
  });

  test('a single tool can be called, and no other', () =>
    as(keyCaller({ sub: `single ${kind}`, tools: '["create_todo"]' }), async ({ call }) => {
      expect((await call('create_todo', { title: 'One' })).isError ?? false).toBe(false);
      await expect(call('list_todos')).rejects.toThrow(/403|permission/i);
      await expect(call('whoami')).rejects.toThrow(/403|permission/i);
    }));

  test('whoami shows the first part of the key, its tools and its paths', () =>
    as(keyCaller({ tools: '["whoami"]', paths: '["todos/1"]' }), async ({ call }) => {
      expect((await call('whoami')).structuredContent).toEqual({
        sub: 'alice',
        clientId: 'key:abc',
        scopes: [],
        server: 'todos',
        apiKey: 'gh_dev_abc',
        tools: ['whoami'],
        paths: ['todos/1'],
      });
    }));

  test('F-B1 F-E5 what is narrowed to paths reaches nothing else', async () => {
    const sub = `narrow ${kind}`;
    const ids: string[] = [];
    await as(callerOf({ sub }), async ({ call }) => {
      for (const title of ['mine', 'other']) {
        const { structuredContent } = await call('create_todo', { title });
        ids.push((structuredContent?.['todo'] as { id: string }).id);
      }
    });
    const [mine, other] = ids;
    const paths = JSON.stringify([`todos/${mine}`]);
    for (const caller of [keyCaller({ sub, scope: 'todos:*', paths }), callerOf({ sub, paths })]) {
      await as(caller, async ({ call }) => {
        expect((await call('list_todos')).structuredContent).toMatchObject({ todos: [{ id: mine }] });
        expect((await call('get_todo', { id: mine })).isError ?? false).toBe(false);
        expect((await call('update_todo', { id: mine, done: true })).isError ?? false).toBe(false);
        for (const answer of [
          await call('get_todo', { id: other }),
          await call('get_todo', { id: `${mine}/../${other}` }),
          await call('update_todo', { id: other, done: true }),
          await call('delete_todo', { id: other }),
          await call('create_todo', { title: 'No' }),
        ]) {
          expect(answer.isError).toBe(true);
        }
      });
    }
    await as(callerOf({ sub }), async ({ call }) =>
      expect((await call('list_todos')).structuredContent).toMatchObject({
        todos: expect.arrayContaining([expect.objectContaining({ id: other, done: false })]),
      }),
    );
  });
});

/** A request as each revision sends it; only those from 2025-06-18 on have the header. */
const revisions: [string, (method: string, params?: Record<string, unknown>) => ReturnType<typeof modernPost>][] = [
  ...['2025-03-26', '2025-06-18', '2025-11-25'].map((version): (typeof revisions)[number] => [
    version,
    (method, params = {}) =>
      legacyPost(
        { jsonrpc: '2.0', id: 7, method, params },
        version === '2025-03-26' ? {} : { 'mcp-protocol-version': version },
      ),
  ]),
  ['2026-07-28', modernPost],
];

describe.each(revisions)('F-E2 F-E3 on the wire of %s', (_, post) => {
  const ask = (caller: Caller, ...args: Parameters<typeof post>) =>
    scene.app(new Request('https://auth.example.com/mcp', post(...args)), caller);
  const offered = async (caller: Caller) => {
    const { result } = await messageOf(await ask(caller, 'tools/list'));
    return (result?.['tools'] as { name: string }[]).map(({ name }) => name);
  };

  test('tools/list offers a token and a key with the same scopes the same, and a key for single tools those', async () => {
    const scope = 'todos:read';
    const readable = ['list_todos', 'get_todo', 'whoami'];
    expect(await offered(callerOf({ scope }))).toEqual(readable);
    expect(await offered(keyCaller({ scope }))).toEqual(readable);
    expect(await offered(callerOf({ scope: '' }))).toEqual(['whoami']);
    expect(await offered(keyCaller({ tools: '["update_todo"]' }))).toEqual(['update_todo']);
  });

  test('what tools/list leaves out is 403 to call; a token is told every scope that it needs', async () => {
    const call = { name: 'delete_todo', arguments: { id: 'x' } };
    const [byToken, byKey] = await Promise.all(
      [callerOf({ scope: 'todos:read' }), keyCaller({ scope: 'todos:read' })].map((caller) =>
        ask(caller, 'tools/call', call),
      ),
    );
    expect([byToken?.status, byKey?.status]).toEqual([403, 403]);
    const challenge = byToken?.headers.get('www-authenticate');
    expect(challenge).toContain('error="insufficient_scope"');
    expect(challenge).toContain('scope="todos:read todos:delete"');
  });
});

describe('F-E2 a call that the key does not open', () => {
  const caller = keyCaller({ scope: 'todos:read' });
  const params = { name: 'delete_todo', arguments: { id: 'x' } };

  test.each([
    ['2026-07-28', modernPost('tools/call', params)],
    ['earlier revisions', legacyPost({ jsonrpc: '2.0', id: 7, method: 'tools/call', params })],
  ])('is 403 with the permission that it lacks, and nothing to sign in for: %s', async (_, init) => {
    const response = await scene.app(new Request('https://auth.example.com/mcp', init), caller);
    expect(response.status).toBe(403);
    const challenge = response.headers.get('www-authenticate') ?? '';
    expect(challenge).toContain('lacks the permission todos:delete');
    expect(challenge).not.toMatch(/resource_metadata|insufficient_scope|scope=/);
    const { error, id } = await messageOf(response);
    expect(id).toBe(7);
    expect(error).toMatchObject({
      message: 'This API key lacks the permission todos:delete.',
      data: { error: 'access_denied', permissions: ['todos:delete'] },
    });
  });

  test('a batch of 2025-03-26 names all that it lacks, each once', async () => {
    const calls = ['delete_todo', 'whoami', 'delete_todo', 'create_todo'].map((name, id) => ({
      ...{ jsonrpc: '2.0', id, method: 'tools/call', params: { name, arguments: {} } },
    }));
    const single = keyCaller({ tools: '["get_todo"]' });
    const response = await scene.app(new Request('https://auth.example.com/mcp', legacyPost(calls)), single);
    const [message] = await messagesOf(response);
    expect(message?.error?.data?.['permissions']).toEqual(['todos:write', 'todos:delete', 'tool:whoami']);
  });
});

describe('a context that is not what the guard writes', () => {
  test.each(['{}', '[1]', 'x', '"a"', ''])('opens nothing: tools %j', (tools) => {
    expect(() => heldBy({ scope: '', tools })).toThrow();
    expect(() => pathsOf({ paths: tools })).toThrow();
  });

  test('is 500, and no tool runs', async () => {
    const init = modernPost('tools/call', { name: 'whoami', arguments: {} });
    const call = scene.app(new Request('https://auth.example.com/mcp', init), keyCaller({ paths: 'everything' }));
    await expect(call).rejects.toThrow();
  });
});
