import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Caller } from '../../lambdas/contract/caller.ts';
import type { AnyClient, Scene } from './scene.ts';
import { callerOf, clientV1, clientV2, everything, openScene } from './scene.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await openScene();
});
afterAll(() => scene.stop());

const kinds: [string, (caller: Caller) => AnyClient][] = [
  ['SDK 1.32 (2025-11-25)', (caller) => clientV1(scene.app, caller)],
  ['SDK 2.4, legacy', (caller) => clientV2(scene.app, 'legacy', caller)],
  ['SDK 2.4, auto', (caller) => clientV2(scene.app, 'auto', caller)],
  ['SDK 2.4, pinned to 2026-07-28', (caller) => clientV2(scene.app, { pin: '2026-07-28' }, caller)],
];

describe.each(kinds)('MS-11 one endpoint serves %s', (kind, open) => {
  async function as(caller: Partial<Caller>, work: (client: AnyClient) => Promise<void>): Promise<void> {
    const client = open(callerOf(caller));
    await client.connect();
    await work(client);
    await client.close();
  }

  test('the six tools work, from creating to deleting', () =>
    as({ sub: `alice ${kind}` }, async ({ tools, call }) => {
      expect(await tools()).toEqual(['create_todo', 'list_todos', 'get_todo', 'update_todo', 'delete_todo', 'whoami']);
      const created = await call('create_todo', { title: '  Water the plants ' });
      const todo = created.structuredContent?.['todo'] as { id: string };
      expect(todo).toMatchObject({ title: 'Water the plants', done: false, createdAt: '2026-11-21T12:00:00.000Z' });
      expect(JSON.parse(created.content[0]?.text ?? '')).toEqual(created.structuredContent);
      const { id } = todo;
      expect((await call('update_todo', { id, done: true })).structuredContent).toMatchObject({
        todo: { id, title: 'Water the plants', done: true },
      });
      expect((await call('get_todo', { id })).structuredContent).toMatchObject({ todo: { id, done: true } });
      expect((await call('list_todos')).structuredContent).toMatchObject({ todos: [{ id }] });
      expect((await call('delete_todo', { id })).structuredContent).toEqual({ deleted: id });
      expect((await call('list_todos')).structuredContent).toEqual({ todos: [] });
    }));

  test('whoami says who the guard verified', () =>
    as({}, async ({ call }) => {
      expect((await call('whoami')).structuredContent).toEqual({
        sub: 'alice',
        clientId: 'client-1',
        scopes: everything.split(' '),
        server: 'todos',
        tokenExpiresAt: '2026-11-21T13:00:00.000Z',
      });
    }));

  test('RS-10 one person never reaches the rows of another, even knowing an id', async () => {
    let id = '';
    await as({ sub: `bob ${kind}` }, async ({ call }) => {
      const created = await call('create_todo', { title: 'Secret' });
      id = (created.structuredContent?.['todo'] as { id: string }).id;
    });
    await as({ sub: `eve ${kind}` }, async ({ call }) => {
      expect((await call('list_todos')).structuredContent).toEqual({ todos: [] });
      for (const answer of [
        await call('get_todo', { id }),
        await call('update_todo', { id, title: 'Mine' }),
        await call('delete_todo', { id }),
      ]) {
        expect(answer.isError).toBe(true);
        expect(answer.content[0]?.text).toContain('there is no todo with this id');
      }
    });
    await as({ sub: `bob ${kind}` }, async ({ call }) => {
      expect((await call('get_todo', { id })).structuredContent).toMatchObject({ todo: { title: 'Secret' } });
    });
  });

  test('pages: oldest first, each todo once', () =>
    as({ sub: `pages ${kind}` }, async ({ call }) => {
      for (const title of ['a', 'b', 'c']) await call('create_todo', { title });
      const first = (await call('list_todos', { limit: 2 })).structuredContent as { todos: []; nextCursor: string };
      const rest = await call('list_todos', { limit: 2, cursor: first.nextCursor });
      const seen = [...first.todos, ...(rest.structuredContent?.['todos'] as [])] as { title: string }[];
      expect(seen.map(({ title }) => title).sort()).toEqual(['a', 'b', 'c']);
      expect(rest.structuredContent).not.toHaveProperty('nextCursor');
    }));

  test.each([
    ['create_todo', {}, 'title'],
    ['create_todo', { title: '   ' }, 'title'],
    ['create_todo', { title: 'x'.repeat(501) }, 'title'],
    ['create_todo', { title: 5 }, 'title'],
    ['create_todo', { title: 'x', sub: 'bob' }, 'sub'],
    ['list_todos', { limit: 0 }, 'limit'],
    ['list_todos', { limit: 101 }, 'limit'],
    ['list_todos', { limit: 1.5 }, 'limit'],
    ['list_todos', { cursor: 'garbage' }, 'cursor'],
    ['get_todo', { id: '' }, 'id'],
    ['get_todo', { id: 'nowhere' }, 'id'],
    ['update_todo', { id: 'nowhere' }, 'title'],
    ['update_todo', { id: 'nowhere', done: 'yes' }, 'done'],
    ['update_todo', { id: 'nowhere', done: true }, 'id'],
    ['delete_todo', { id: 'nowhere' }, 'id'],
    ['whoami', { sub: 'bob' }, 'sub'],
  ])('bad input is a tool error that names the argument: %s %o', (tool, args, argument) =>
    as({}, async ({ call }) => {
      const answer = await call(tool, args);
      expect(answer.isError).toBe(true);
      expect(answer.content[0]?.text).toMatch(new RegExp(`\\b${argument}\\b`));
    }),
  );

  test('tools/list offers what the scopes open, and nothing in vain', async () => {
    await as({ scope: '' }, async ({ tools }) => expect(await tools()).toEqual(['whoami']));
    await as({ scope: 'todos:read' }, async ({ tools }) =>
      expect(await tools()).toEqual(['list_todos', 'get_todo', 'whoami']),
    );
    await as({ scope: 'todos:*' }, async ({ tools }) => expect(await tools()).toHaveLength(6));
  });

  test('RS-07 a call beyond the scopes is refused by the transport, not by the tool', () =>
    as({ scope: 'todos:read' }, async ({ call }) => {
      await expect(call('delete_todo', { id: 'x' })).rejects.toThrow(/403|scope/i);
    }));
});
