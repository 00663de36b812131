import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dynamoTodos } from '../../lambdas/adapters/dynamodb/todos.ts';
import { systemEntropy } from '../../lambdas/adapters/system.ts';
import type { Todo, Todos } from '../../lambdas/core/ports/todos.ts';
import { engines } from '../rig/engines.ts';
import type { Storage } from './tables.ts';
import { storageFor } from './tables.ts';

const now = 1_800_000_000;
let people = 0;

function newTodo(createdAt = now): Todo {
  const id = `${createdAt.toString(36).padStart(7, '0')}-${systemEntropy.token(12)}`;
  return { id, title: `written at ${createdAt}`, done: false, createdAt, updatedAt: createdAt };
}

describe.each(engines)('todos in DynamoDB (%s)', (kind) => {
  let storage: Storage;
  let todos: Todos;

  beforeAll(async () => {
    storage = await storageFor(kind, 'Todos');
    todos = dynamoTodos(storage.db, 'Todos');
  });
  afterAll(() => storage.stop());

  async function personWith(count: number): Promise<{ sub: string; rows: Todo[] }> {
    const sub = `person-${people++}`;
    const rows = Array.from({ length: count }, (_, index) => newTodo(now + index * 1000));
    // Stored in another order than they are listed in
    for (const row of rows.toReversed()) await todos.create(sub, row);
    return { sub, rows };
  }

  test('a person sees only their own rows, and reaches no other', async () => {
    const ada = await personWith(2);
    const eve = await personWith(1);
    const [row] = ada.rows;
    expect((await todos.list(eve.sub, { limit: 50 })).todos).toEqual(eve.rows);
    expect(await todos.find(eve.sub, row!.id)).toBeUndefined();
    expect(await todos.update(eve.sub, row!.id, { title: 'mine', updatedAt: now })).toBeUndefined();
    expect(await todos.delete(eve.sub, row!.id)).toBe(false);
    expect((await todos.list(ada.sub, { limit: 50 })).todos).toEqual(ada.rows);
    expect((await todos.list(eve.sub, { limit: 50 })).todos).toEqual(eve.rows);
  });

  test('pages are oldest first, leave none out and name a next page only if there is one', async () => {
    const { sub, rows } = await personWith(6);
    const seen: Todo[] = [];
    const sizes: number[] = [];
    let cursor: string | undefined;
    do {
      const page = await todos.list(sub, { limit: 3, ...(cursor ? { cursor } : {}) });
      seen.push(...page.todos);
      sizes.push(page.todos.length);
      cursor = page.cursor;
    } while (cursor);
    expect(seen).toEqual(rows);
    expect(sizes).toEqual([3, 3]);
  });

  test('a person without todos has an empty page', async () => {
    expect(await todos.list('nobody', { limit: 3 })).toEqual({ todos: [] });
  });

  test('a cursor goes on even if its row was deleted meanwhile', async () => {
    const { sub, rows } = await personWith(4);
    const { cursor } = await todos.list(sub, { limit: 2 });
    await todos.delete(sub, rows[1]!.id);
    expect((await todos.list(sub, { limit: 2, cursor: cursor! })).todos).toEqual(rows.slice(2));
  });

  test('a cursor that was changed, made up or given to another person is refused by name', async () => {
    const { sub } = await personWith(3);
    const { cursor = '' } = await todos.list(sub, { limit: 1 });
    const flipped = (cursor.startsWith('a') ? 'b' : 'a') + cursor.slice(1);
    const refusal = { code: 'invalid_request', message: expect.stringContaining('cursor') };
    for (const wrong of ['', 'x', '.', flipped, `${cursor}x`, `${cursor}.x`, cursor.slice(0, -1), '%00']) {
      await expect(todos.list(sub, { limit: 1, cursor: wrong })).rejects.toMatchObject(refusal);
    }
    await expect(todos.list('somebody else', { limit: 1, cursor })).rejects.toMatchObject(refusal);
  });

  test('create never overwrites', async () => {
    const { sub, rows } = await personWith(1);
    await expect(todos.create(sub, { ...rows[0]!, title: 'other' })).rejects.toThrow('taken');
    expect(await todos.find(sub, rows[0]!.id)).toEqual(rows[0]);
  });

  test('update changes what is given and nothing else', async () => {
    const { sub, rows } = await personWith(1);
    const done = { ...rows[0]!, done: true, updatedAt: now + 1 };
    expect(await todos.update(sub, done.id, { done: true, updatedAt: now + 1 })).toEqual(done);
    const renamed = { ...done, title: 'new', updatedAt: now + 2 };
    expect(await todos.update(sub, done.id, { title: 'new', updatedAt: now + 2 })).toEqual(renamed);
    expect(await todos.find(sub, done.id)).toEqual(renamed);
  });

  test('update and delete never create', async () => {
    const sub = 'with nothing';
    for (const id of ['none', '', 'x'.repeat(2000)]) {
      expect(await todos.update(sub, id, { done: true, updatedAt: now })).toBeUndefined();
      expect(await todos.delete(sub, id)).toBe(false);
      expect(await todos.find(sub, id)).toBeUndefined();
    }
    expect((await todos.list(sub, { limit: 9 })).todos).toEqual([]);
  });

  test('delete takes a row once', async () => {
    const { sub, rows } = await personWith(1);
    expect(await todos.delete(sub, rows[0]!.id)).toBe(true);
    expect(await todos.delete(sub, rows[0]!.id)).toBe(false);
    expect(await todos.find(sub, rows[0]!.id)).toBeUndefined();
  });
});
