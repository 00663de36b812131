import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { documentClient } from '../../lambdas/adapters/dynamodb/document-client.ts';
import { dynamoGrants } from '../../lambdas/adapters/dynamodb/grants.ts';
import { dynamoLastUses } from '../../lambdas/adapters/dynamodb/last-uses.ts';
import { tables } from '../../lambdas/contract/tables.ts';
import type { CodeGrant } from '../../lambdas/core/grant.ts';
import { engines, startEngine } from '../rig/engines.ts';
import type { TestEngine } from '../rig/engines.ts';
import { twentyTimes } from './tables.ts';

const now = 1_800_000_000;
const table = { Clients: 'Clients', Grants: 'Grants' };
let counter = 0;

describe.each(engines)('last uses in DynamoDB (%s)', (kind) => {
  let engine: TestEngine;
  let db: ReturnType<typeof documentClient>;

  beforeAll(async () => {
    engine = await startEngine(
      kind,
      (['Clients', 'Grants'] as const).map((name) => ({ name, ...tables[name] })),
    );
    db = documentClient(engine.config);
  });
  afterAll(() => engine.stop());

  async function stored(): Promise<CodeGrant> {
    const grant: CodeGrant = {
      gid: `gid-${counter++}`,
      state: 'active',
      clientId: 'app',
      sub: 'ada',
      resources: ['https://example.com/mcp'],
      scopes: [],
      refreshable: true,
      saltDigest: 'salt',
      redirectUri: 'http://127.0.0.1/',
      codeChallenge: 'challenge',
      codeExpiresAt: now + 60,
      generation: 1,
      rotatedAt: now,
      authTime: now,
      createdAt: now,
      expiresAt: now + 3600,
      absoluteExpiresAt: now + 86_400,
    };
    await dynamoGrants(db, 'Grants').create(grant);
    return grant;
  }
  const itemOf = async (gid: string) =>
    (await db.send('GetItem', { TableName: 'Grants', Key: { gid }, ConsistentRead: true })).Item;

  test('F-D1 a use is noted at most once in five minutes, by one instance and by many', async () => {
    const { gid } = await stored();
    const one = dynamoLastUses(db, table);
    await one.note('grant', gid, now);
    expect(await itemOf(gid)).toMatchObject({ lastUsedAt: now });
    const others = () => twentyTimes((index) => dynamoLastUses(db, table).note('grant', gid, now + 200 + index));
    await one.note('grant', gid, now + 299);
    await others();
    expect(await itemOf(gid)).toMatchObject({ lastUsedAt: now });
    // What arrives late is no newer use.
    await dynamoLastUses(db, table).note('grant', gid, now - 1000);
    expect(await itemOf(gid)).toMatchObject({ lastUsedAt: now });
    await one.note('grant', gid, now + 300);
    expect(await itemOf(gid)).toMatchObject({ lastUsedAt: now + 300 });
  });

  test('F-D1 a note makes no grant and no client of what is gone or never was', async () => {
    const uses = dynamoLastUses(db, table);
    for (const id of ['gone', '', 'x'.repeat(3000)]) {
      await uses.note('grant', id, now);
      await uses.note('client', id, now);
    }
    expect(await itemOf('gone')).toBeUndefined();
    const { Item } = await db.send('GetItem', { TableName: 'Clients', Key: { clientId: 'gone' } });
    expect(Item).toBeUndefined();
  });

  test('AS-67 a note leaves the mark of the last write, so a rotation whose answer is lost is still known', async () => {
    const { gid } = await stored();
    const before = await itemOf(gid);
    await dynamoLastUses(db, table).note('grant', gid, now);
    expect(await itemOf(gid)).toEqual({ ...before, lastUsedAt: now });
    expect(before).toHaveProperty('writeId');
  });
});
