import { describe, expect, test } from 'vitest';
import { AdminRefusal } from '../../../lambdas/core/admin/admin-refusal.ts';
import { findApiKey } from '../../../lambdas/core/api-keys/find-api-key.ts';
import type { KeyInput } from '../../../lambdas/core/api-keys/key-input.ts';
import { listApiKeys } from '../../../lambdas/core/api-keys/list-api-keys.ts';
import { revokeApiKey } from '../../../lambdas/core/api-keys/revoke-api-key.ts';
import { digest } from '../../../lambdas/core/digest.ts';
import { goodInput, useKeyHouse } from './key-house.ts';

const newHouse = useKeyHouse();
type House = ReturnType<typeof newHouse>;

const rowsOf = async ({ deps, owner }: House) => (await listApiKeys({ owner }, { limit: 100 }, deps)).items;

/** The fields that a refusal names, with what it says of each. */
async function problems(attempt: Promise<unknown>): Promise<Record<string, string>> {
  const error = await attempt.catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(AdminRefusal);
  const { kind, fields } = error as AdminRefusal;
  expect(kind).toBe('invalid');
  return Object.fromEntries(fields.map(({ field, message }) => [field, message]));
}

describe('F-B1 F-B2 a key is made', () => {
  test('with what was chosen; the secret is in the answer and its digest in the table', async () => {
    const house = newHouse();
    const { key, secret } = await house.create({
      name: '  Report ',
      servers: ['notes', ' notes '],
      permissions: ['notes:read', 'tool:share_note'],
      paths: ['workspace/acme'],
      expires: '7d',
    });
    expect(secret).toMatch(/^gh_dev_[0-9A-Za-z]{16}_[0-9A-Za-z]{49}$/);
    const stored = await house.deps.apiKeys.find(key.keyId);
    expect(stored).toEqual({
      keyId: secret.slice(7, 23),
      name: 'Report',
      owner: house.owner,
      sub: house.owner,
      digest: digest(secret),
      servers: ['notes'],
      permissions: ['notes:read', 'tool:share_note'],
      paths: ['workspace/acme'],
      createdAt: house.clock.now(),
      expiresAt: house.clock.now() + 7 * 86_400,
    });
    expect(JSON.stringify(stored)).not.toContain(secret.slice(24));
  });

  test('for a program, which is nobody else', async () => {
    const house = newHouse();
    const { key } = await house.create({}, { actsAs: 'program', email: 'a@x.example' });
    expect(key).toMatchObject({ owner: house.owner, ownerEmail: 'a@x.example', sub: `key:${key.keyId}` });
    expect(house.deps.audit.events).toEqual([
      { type: 'admin.key.created', sub: house.owner, changed: `key:${key.keyId}`, scopes: ['read'] },
    ]);
  });

  test('F-G3 an event says who made which, and holds no secret', async () => {
    const house = newHouse();
    const { key, secret } = await house.create();
    expect(house.deps.audit.events).toMatchObject([{ type: 'account.key.created', changed: `key:${key.keyId}` }]);
    expect(JSON.stringify(house.deps.audit.events)).not.toContain(secret.slice(24));
  });

  test('no two are the same', async () => {
    const house = newHouse();
    const keys = await Promise.all(['a', 'b', 'c'].map((name) => house.create({ name })));
    expect(new Set(keys.map(({ secret }) => secret)).size).toBe(3);
    expect(new Set(keys.map(({ key }) => key.keyId)).size).toBe(3);
  });
});

describe('a mistake gets a message at its field, and nothing is written', () => {
  test.each<[string, Partial<KeyInput>, keyof KeyInput, RegExp]>([
    ['no name', { name: ' ' }, 'name', /Enter a name/],
    ['a name that is too long', { name: 'n'.repeat(61) }, 'name', /60/],
    ['a name that turns the line round', { name: 'a\u202Eb' }, 'name', /Control/],
    ['no server', { servers: [] }, 'servers', /todos, notes/],
    ['an unknown server', { servers: ['todos', 'nope'] }, 'servers', /no server nope.*todos, notes/],
    ['a server that takes no keys', { servers: ['closed'] }, 'servers', /closed takes no API keys/],
    ['no permission', { permissions: [] }, 'permissions', /todos:read/],
    ['an unknown permission', { permissions: ['admin'] }, 'permissions', /no admin .*read, write, todos:read/],
    ['an unknown scope', { permissions: ['todos:nope'] }, 'permissions', /no todos:nope/],
    ['an unknown tool', { permissions: ['tool:nope'] }, 'permissions', /no tool:nope.*tool:list_todos/],
    ['a scope of another server', { permissions: ['notes:read'] }, 'permissions', /no notes:read/],
    [
      'a server that none of them opens',
      { servers: ['todos', 'notes'], permissions: ['todos:read'] },
      'permissions',
      /opens the server notes.*notes:read/,
    ],
    ['a malformed path', { servers: ['notes'], paths: ['a', 'a/../b'] }, 'paths', /path 2 has a segment/],
    ['paths where nobody would obey them', { paths: ['workspace/acme'] }, 'paths', /todos does not know paths/],
    ['an expiry in the past', { expires: '2020-01-01T00:00:00Z' }, 'expires', /passed/],
    ['an unknown expiry', { expires: 'tomorrow' }, 'expires', /7d, 30d, 90d, 1y, never/],
  ])('%s', async (_, change, field, message) => {
    const house = newHouse();
    const found = await problems(house.create(change));
    expect(Object.keys(found)).toEqual([field]);
    expect(found[field]).toMatch(message);
    expect(await rowsOf(house)).toEqual([]);
    expect(house.deps.audit.events).toEqual([]);
    // The name is still free.
    await house.create();
  });

  test('all fields at once', async () => {
    const found = await problems(newHouse().create({ name: '', servers: ['x'], permissions: [], expires: '' }));
    expect(Object.keys(found)).toEqual(['name', 'servers', 'permissions', 'expires']);
  });
});

describe('names are unique among the keys of an owner that still work', () => {
  test('a second one is refused, however it is spelled', async () => {
    const house = newHouse();
    await house.create();
    house.clock.forward(61);
    expect((await problems(house.create({ name: ' nightly  REPORT' })))['name']).toMatch(/You have a key/);
    expect(await rowsOf(house)).toHaveLength(1);
  });

  test('of twenty at once, one is made', async () => {
    const house = newHouse();
    const made = await Promise.allSettled(Array.from({ length: 20 }, () => house.create()));
    expect(made.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await rowsOf(house)).toHaveLength(1);
  });

  test('another person may use it', async () => {
    await newHouse().create();
    await newHouse().create();
  });

  test('it is free again once its key is revoked, expired, or lost its owner', async () => {
    const house = newHouse();
    const first = await house.create();
    await revokeApiKey(first.key.keyId, { by: house.owner }, house.deps);
    await house.create({ expires: '7d' });
    house.clock.forward(7 * 86_400);
    await house.create();
    house.clock.forward(100);
    await house.deps.revocations.revoke({ kind: 'person', sub: house.owner }, house.clock.now());
    house.clock.forward(1);
    await house.create();
    expect((await rowsOf(house)).map(({ state }) => state)).toEqual(['active', 'revoked', 'expired', 'revoked']);
  });
});

describe('a request that is repeated', () => {
  const again = { idempotencyKey: 'form-1' };

  test('gets the same key, and makes nothing twice', async () => {
    const house = newHouse();
    const first = await house.create({ expires: '30d' }, again);
    house.clock.forward(600);
    const second = await house.create({ expires: '30d', permissions: [' read'] }, again);
    expect(second).toEqual(first);
    expect(await rowsOf(house)).toHaveLength(1);
    expect(house.deps.audit.types()).toEqual(['account.key.created']);
  });

  test('of twenty at once all get the same one', async () => {
    const house = newHouse();
    const made = await Promise.all(Array.from({ length: 20 }, () => house.create({}, again)));
    expect(new Set(made.map(({ secret }) => secret)).size).toBe(1);
    expect(await rowsOf(house)).toHaveLength(1);
    expect(house.deps.audit.types()).toEqual(['account.key.created']);
  });

  test.each<[string, Partial<KeyInput>]>([
    ['name', { name: 'Other' }],
    ['servers', { servers: ['todos', 'notes'] }],
    ['permissions', { permissions: ['write'] }],
    ['expiry', { expires: 'never' }],
  ])('with another %s it is refused', async (_, change) => {
    const house = newHouse();
    await house.create({}, again);
    expect(await problems(house.create(change, again))).toEqual({ idempotencyKey: expect.any(String) });
    expect(await rowsOf(house)).toHaveLength(1);
  });

  test('after ten minutes it is another request, and is refused', async () => {
    const house = newHouse();
    await house.create({}, again);
    house.clock.forward(601);
    expect(Object.keys(await problems(house.create({}, again)))).toEqual(['idempotencyKey']);
  });

  test('of another person, or for a program, is another request', async () => {
    const [one, two] = [newHouse(), newHouse()];
    const secrets = await Promise.all([one.create({}, again), two.create({}, again)]);
    const program = await one.create({ name: 'Program' }, { ...again, actsAs: 'program' });
    expect(new Set([...secrets, program].map(({ secret }) => secret)).size).toBe(3);
  });
});

describe('F-B4 the history of keys', () => {
  test('a row has what may be shown, and no digest', async () => {
    const house = newHouse();
    const { key } = await house.create({ servers: ['notes'], permissions: ['notes:read'], paths: ['a/b'] });
    await house.deps.apiKeys.noteUse(key.keyId, '203.0.113.7', house.clock.now() + 5, 300);
    expect(await rowsOf(house)).toEqual([
      {
        key: key.keyId,
        name: goodInput.name,
        prefix: `gh_dev_${key.keyId}`,
        state: 'active',
        servers: ['notes'],
        permissions: ['notes:read'],
        paths: ['a/b'],
        owner: house.owner,
        actsAs: house.owner,
        caller: `key:${key.keyId}`,
        createdAt: '2026-11-21T12:00:00Z',
        expiresAt: '2026-12-21T12:00:00Z',
        lastUsedAt: '2026-11-21T12:00:05Z',
        lastUsedFrom: '203.0.113.7',
      },
    ]);
  });

  test('a revoked key stays, and its first revocation stands', async () => {
    const house = newHouse();
    const { key } = await house.create();
    house.clock.forward(10);
    await revokeApiKey(key.keyId, { by: 'admin-1' }, house.deps);
    house.clock.forward(10);
    const row = await revokeApiKey(key.keyId, { by: 'admin-2' }, house.deps);
    expect(row).toMatchObject({ state: 'revoked', revokedAt: '2026-11-21T12:00:10Z', revokedBy: 'admin-1' });
    expect(await rowsOf(house)).toEqual([row]);
    expect(house.deps.audit.events.slice(1)).toEqual([
      { type: 'admin.key.revoked', sub: 'admin-1', changed: `key:${key.keyId}` },
    ]);
  });

  test('a person ends own keys only, and learns nothing of others', async () => {
    const [mine, other] = [newHouse(), newHouse()];
    const { key } = await other.create();
    const theirs = revokeApiKey(key.keyId, { by: mine.owner, owner: mine.owner }, mine.deps);
    const none = revokeApiKey('0'.repeat(16), { by: mine.owner, owner: mine.owner }, mine.deps);
    const errors = await Promise.allSettled([theirs, none]);
    expect(errors.map((one) => String((one as PromiseRejectedResult).reason))).toEqual(
      Array(2).fill('AdminRefusal: There is no such API key.'),
    );
    expect((await rowsOf(other))[0]).toMatchObject({ state: 'active' });
    await revokeApiKey(key.keyId, { by: other.owner, owner: other.owner }, other.deps);
    expect(other.deps.audit.types()).toEqual(['account.key.created', 'account.key.revoked']);
  });

  test.each(['', 'x', '../../etc', 'a'.repeat(5000), '__proto__0000000'])('there is no key %j', async (keyId) => {
    await expect(findApiKey(keyId, undefined, newHouse().deps)).rejects.toMatchObject({ kind: 'not_found' });
  });

  test('a list goes page by page, newest first, and is its owner’s alone', async () => {
    const house = newHouse();
    for (const name of ['a', 'b', 'c']) {
      await house.create({ name });
      house.clock.forward(1);
    }
    await newHouse().create();
    const first = await listApiKeys({ owner: house.owner }, { limit: 2 }, house.deps);
    const rest = await listApiKeys({ owner: house.owner }, { limit: 2, cursor: first.next }, house.deps);
    expect([first, rest].map(({ items }) => items.map(({ name }) => name))).toEqual([['c', 'b'], ['a']]);
  });
});
