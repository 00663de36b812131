import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dynamoApiKeys } from '../../lambdas/adapters/dynamodb/api-keys.ts';
import { dynamoClientList } from '../../lambdas/adapters/dynamodb/client-list.ts';
import { dynamoClientRegistry } from '../../lambdas/adapters/dynamodb/client-registry.ts';
import { dynamoClients } from '../../lambdas/adapters/dynamodb/clients.ts';
import { dynamoConsentList } from '../../lambdas/adapters/dynamodb/consent-list.ts';
import { dynamoConsents } from '../../lambdas/adapters/dynamodb/consents.ts';
import { writeCursor } from '../../lambdas/adapters/dynamodb/cursor.ts';
import { documentClient } from '../../lambdas/adapters/dynamodb/document-client.ts';
import { dynamoGrants } from '../../lambdas/adapters/dynamodb/grants.ts';
import { dynamoSessionList } from '../../lambdas/adapters/dynamodb/session-list.ts';
import { tables } from '../../lambdas/contract/tables.ts';
import type { Client } from '../../lambdas/core/client.ts';
import type { CodeGrant } from '../../lambdas/core/grant.ts';
import type { Page, PageRequest } from '../../lambdas/core/page.ts';
import { publicClient } from '../core/fixtures.ts';
import { engines, startEngine } from '../rig/engines.ts';
import type { TestEngine } from '../rig/engines.ts';

const now = 1_800_000_000;

/** Every page of a list, by pages of `limit`; fails if it never ends. */
async function walk<T>(read: (page: PageRequest) => Promise<Page<T>>, limit = 7): Promise<T[]> {
  const all: T[] = [];
  let cursor: string | undefined;
  for (let count = 0; count < 100; count++) {
    const { items, next } = await read({ limit, cursor });
    expect(items.length).toBeLessThanOrEqual(limit);
    all.push(...items);
    if (next === undefined) return all;
    cursor = next;
  }
  throw new Error('the list has no end');
}

describe.each(engines)('lists in DynamoDB (%s)', (kind) => {
  let engine: TestEngine;
  let db: ReturnType<typeof documentClient>;
  let ports: ReturnType<typeof open>;

  const open = () => ({
    grants: dynamoGrants(db, 'Grants'),
    sessions: dynamoSessionList(db, 'Grants'),
    clients: dynamoClients(db, 'Clients'),
    registry: dynamoClientRegistry(db, 'Clients'),
    clientList: dynamoClientList(db, 'Clients'),
    consents: dynamoConsents(db, 'Consents'),
    consentList: dynamoConsentList(db, 'Consents'),
    apiKeys: dynamoApiKeys(db, 'ApiKeys'),
  });

  beforeAll(async () => {
    const names = ['Grants', 'Clients', 'Consents', 'ApiKeys'] as const;
    engine = await startEngine(
      kind,
      names.map((name) => ({ name, ...tables[name] })),
    );
    db = documentClient(engine.config);
    ports = open();
  });
  afterAll(() => engine.stop());

  let counter = 0;
  const grantOf = (changes: Partial<CodeGrant> = {}): CodeGrant => ({
    gid: `gid-${counter++}`,
    state: 'code',
    clientId: 'app',
    sub: 'ada',
    resources: ['https://example.com/mcp'],
    scopes: ['todos:read'],
    refreshable: true,
    saltDigest: 'salt',
    redirectUri: 'http://127.0.0.1/',
    codeChallenge: 'challenge',
    codeExpiresAt: now + 60,
    generation: 0,
    rotatedAt: now,
    authTime: now,
    createdAt: now,
    expiresAt: now + 3600,
    absoluteExpiresAt: now + 86_400,
    ...changes,
  });
  const sessionsOf = (by: { person?: string; client?: string }, at = now + 1, limit?: number) =>
    walk((page) => ports.sessions.list(by, page, at), limit);
  const gidsOf = async (...args: Parameters<typeof sessionsOf>) => (await sessionsOf(...args)).map(({ gid }) => gid);

  test('F-D1 a grant is a session from its redemption to its revocation, whichever way it is listed', async () => {
    const grant = grantOf({ sub: 'eve', clientId: 'eve-app' });
    const listed = () => Promise.all([gidsOf({ person: 'eve' }), gidsOf({ client: 'eve-app' }), gidsOf({})]);
    await ports.grants.create(grant);
    expect(await listed()).toEqual([[], [], []]);
    const presented = { ...grant, now, expiresAt: now + 7200 };
    await ports.grants.redeemCode(presented);
    expect(await listed()).toEqual([[grant.gid], [grant.gid], [grant.gid]]);
    await ports.grants.rotate({ ...presented, generation: 1, now: now + 5 });
    const [session] = await sessionsOf({ person: 'eve' });
    expect(session).toEqual({ ...(await ports.grants.find(grant.gid)) });
    expect(Object.keys(session!)).not.toEqual(expect.arrayContaining(['shelf', 'liveSince', 'writeId']));
    await ports.grants.revoke(grant.gid, now + 9000);
    expect(await listed()).toEqual([[], [], []]);
    // Nobody can put it back by writing to what is dead.
    await ports.grants.noteClientExpiry(grant.gid, now + 1);
    expect(await listed()).toEqual([[], [], []]);
  });

  test('F-D1 a grant without a code lives from its creation; one that has expired is left out', async () => {
    const { gid } = grantOf();
    await ports.grants.create({ ...grantOf({ sub: 'bot', state: 'active' }), gid, expiresAt: now + 10 });
    expect(await gidsOf({ person: 'bot' }, now + 9)).toEqual([gid]);
    expect(await gidsOf({ person: 'bot' }, now + 10)).toEqual([]);
  });

  test('F-D1 pages are newest first, and lose and repeat nothing, though sessions of one second are many', async () => {
    const many = Array.from({ length: 50 }, (_, index) =>
      grantOf({ sub: 'many', clientId: `many-${index % 2}`, state: 'active', createdAt: now - Math.floor(index / 10) }),
    );
    await Promise.all(many.map((grant) => ports.grants.create(grant)));
    for (const limit of [1, 7, 50, 100]) {
      const found = await sessionsOf({ person: 'many' }, now, limit);
      expect(found.map(({ gid }) => gid).toSorted()).toEqual(many.map(({ gid }) => gid).toSorted());
      const ages = found.map(({ createdAt }) => createdAt);
      expect(ages).toEqual(ages.toSorted((a, b) => b - a));
    }
    expect(await gidsOf({ client: 'many-1' })).toHaveLength(25);
    expect(await gidsOf({ person: 'many', client: 'many-0' })).toHaveLength(25);
    expect(await gidsOf({ person: 'many', client: 'nobody' })).toEqual([]);
    for (const person of ['', 'man', 'x'.repeat(3000)]) expect(await gidsOf({ person })).toEqual([]);
  });

  test('a cursor of another list, or one that was mangled, is refused by name', async () => {
    const { next = '' } = await ports.sessions.list({ person: 'many' }, { limit: 3 }, now);
    const [position, sum] = next.split('.') as [string, string];
    const other = Buffer.from('["another gid",1800000000]').toString('base64url');
    for (const cursor of ['', 'x', position, `${position}.${sum}x`, `${other}.${sum}`, `${next}.`]) {
      await expect(ports.sessions.list({ person: 'many' }, { limit: 3, cursor }, now)).rejects.toThrow(/cursor/);
    }
    // The checksum is no signature; whoever can make one still gets no error of DynamoDB.
    for (const forged of ['x', '7', '[]', '["gid"]', '["",1]', '["gid","1"]', '[{"S":"gid"},1]', '["a","b",1]']) {
      const cursor = writeCursor(forged, 'Grants.byPerson#many');
      await expect(ports.sessions.list({ person: 'many' }, { limit: 3, cursor }, now)).rejects.toThrow(/cursor/);
    }
    const wrongLists = [{ person: 'eve' }, { client: 'many-1' }, {}];
    for (const by of wrongLists) {
      await expect(ports.sessions.list(by, { limit: 3, cursor: next }, now)).rejects.toThrow(/cursor/);
    }
    await expect(ports.clientList.list({}, { limit: 3, cursor: next }, now)).rejects.toThrow(/cursor/);
  });

  test('F-D2 clients of all kinds are listed by age, each once, and those that have expired are left out', async () => {
    const clientOf = (clientId: string, age: number, more: Partial<Client> = {}): Client => ({
      ...publicClient,
      clientId,
      registeredAt: now - age,
      ...more,
    });
    const document = clientOf('https://app.example/id', 30, { kind: 'metadata-document', expiresAt: now + 500 });
    await ports.clients.register(clientOf('first', 40));
    await ports.clients.keepDocument(document);
    await ports.registry.put(clientOf('own', 20, { kind: 'pre-registered' }));
    await ports.clients.register(clientOf('gone', 10, { expiresAt: now + 60 }));
    // A registration that comes again is no new one.
    await ports.clients.register(clientOf('first', 0));
    const listed = async (kind?: Client['kind'], at = now) => {
      const by = kind === undefined ? {} : { kind };
      return (await walk((page) => ports.clientList.list(by, page, at), 2)).map(({ clientId }) => clientId);
    };
    expect(await listed()).toEqual(['gone', 'own', document.clientId, 'first']);
    expect(await listed(undefined, now + 60)).toEqual(['own', document.clientId, 'first']);
    expect(await listed('pre-registered')).toEqual(['own']);
    expect(await listed('metadata-document')).toEqual([document.clientId]);
    await ports.clients.keepDocument({ ...document, registeredAt: now - 5 });
    expect(await listed()).toEqual([document.clientId, 'gone', 'own', 'first']);
    await ports.registry.remove('own');
    expect(await listed()).not.toContain('own');
    const ids = ['first', 'first', 'gone', 'own', 'nobody', '', 'x'.repeat(3000)];
    const found = await ports.clientList.findAll(ids, now + 60);
    expect(found).toEqual([await ports.clients.find('first', now)]);
    expect(await ports.clientList.findAll([], now)).toEqual([]);
  });

  test('more clients than DynamoDB reads at once are found in as many calls as it takes', async () => {
    const ids = Array.from({ length: 230 }, (_, index) => `hundreds-${index}`);
    await Promise.all(ids.map((clientId) => ports.registry.put({ ...publicClient, clientId })));
    const found = await ports.clientList.findAll(ids, now);
    expect(found.map(({ clientId }) => clientId).toSorted()).toEqual(ids.toSorted());
  });

  test('F-D3 consents are listed newest first, of a client too; those of a person by client', async () => {
    const consentOf = (sub: string, clientId: string, age: number) => ({
      sub,
      clientId,
      resource: 'https://example.com/mcp',
      scopes: ['todos:read'],
      redirectUris: [] as string[],
      updatedAt: now - age,
    });
    const all = [
      consentOf('ada', 'b', 1),
      consentOf('ada', 'a#b', 2),
      consentOf('ada', 'a', 3),
      consentOf('bob', 'b', 4),
    ];
    for (const consent of all) await ports.consents.remember(consent);
    const listed = (by: { person?: string; client?: string }, limit = 1) =>
      walk((page) => ports.consentList.list(by, page), limit);
    const [adaB, adaAb, adaA, bobB] = all;
    expect(await listed({})).toEqual(all);
    expect(await listed({ client: 'b' })).toEqual([adaB, bobB]);
    expect(await listed({ person: 'ada' })).toEqual([adaAb, adaA, adaB]);
    expect(await listed({ person: 'ada', client: 'a' })).toEqual([adaA]);
    expect(await listed({ person: 'ada', client: 'a#b' })).toEqual([adaAb]);
    for (const person of ['', 'nobody', 'x'.repeat(3000)]) expect(await listed({ person })).toEqual([]);
    expect(await listed({ person: 'ada', client: 'x'.repeat(1024) })).toEqual([]);
    // What is allowed anew comes first again.
    await ports.consents.remember({ ...bobB!, updatedAt: now });
    expect((await listed({}))[0]).toMatchObject({ sub: 'bob' });
    expect(await ports.consentList.remove('ada', 'a', adaA!.resource)).toBe(true);
    expect(await ports.consentList.remove('ada', 'a', adaA!.resource)).toBe(false);
    expect(await listed({ person: 'ada' })).toEqual([adaAb, adaB]);
    expect(await listed({})).toHaveLength(3);
    const { next } = await ports.consentList.list({ person: 'ada' }, { limit: 1 });
    for (const by of [{ person: 'bob' }, { person: 'ada', client: 'b' }, {}, { client: 'b' }]) {
      await expect(ports.consentList.list(by, { limit: 1, cursor: next })).rejects.toThrow(/cursor/);
    }
  });

  test('a cursor that somebody made, of what no key can be, is refused by name and no failure of ours', async () => {
    const forged = (id: string) => writeCursor(id, `Consents#${JSON.stringify(['ada', 'app#'])}`);
    for (const id of ['other#https://x.example', `app#${'x'.repeat(1100)}`]) {
      const page = { limit: 1, cursor: forged(id) };
      await expect(ports.consentList.list({ person: 'ada', client: 'app' }, page)).rejects.toThrow(/cursor is not/);
    }
    const cursor = writeCursor(JSON.stringify(['x'.repeat(2100), 1]), 'Grants.byPerson#ada');
    await expect(ports.sessions.list({ person: 'ada' }, { limit: 1, cursor }, now)).rejects.toThrow(/cursor is not/);
  });

  test('F-B3 keys that ended stay in the list; each owner sees their own, newest first', async () => {
    const keyOf = (keyId: string, owner: string, age: number) => ({
      keyId,
      name: keyId,
      owner,
      sub: owner,
      digest: 'd',
      servers: ['todo'],
      permissions: ['read'],
      paths: [],
      createdAt: now - age,
    });
    const keys = [keyOf('k3', 'ada', 1), keyOf('k2', 'bob', 2), keyOf('k1', 'ada', 3)];
    for (const key of keys) await ports.apiKeys.create({ ...key, expiresAt: now - 1 });
    await ports.apiKeys.revoke('k3', 'ada', now);
    const listed = (by: { owner?: string }) => walk((page) => ports.apiKeys.list(by, page), 1);
    expect((await listed({})).map(({ keyId }) => keyId)).toEqual(['k3', 'k2', 'k1']);
    expect(await listed({ owner: 'ada' })).toEqual([
      { ...keys[0], expiresAt: now - 1, revokedAt: now, revokedBy: 'ada' },
      { ...keys[2], expiresAt: now - 1 },
    ]);
    expect(await listed({ owner: 'nobody' })).toEqual([]);
  });
});
