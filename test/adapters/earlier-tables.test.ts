import { describe, expect, test } from 'vitest';
import { dynamoClientList } from '../../lambdas/adapters/dynamodb/client-list.ts';
import { dynamoClients } from '../../lambdas/adapters/dynamodb/clients.ts';
import { documentClient } from '../../lambdas/adapters/dynamodb/document-client.ts';
import { dynamoGrants } from '../../lambdas/adapters/dynamodb/grants.ts';
import { dynamoSessionList } from '../../lambdas/adapters/dynamodb/session-list.ts';
import { tables } from '../../lambdas/contract/tables.ts';
import { createTable } from '../../local/aws/dynamodb/create-table.ts';
import { publicClient } from '../core/fixtures.ts';
import { engines, keysOf, startEngine } from '../rig/engines.ts';

const now = 1_800_000_000;

/** A grant as it was stored before tables had indexes. */
const grant = {
  gid: 'gid-1',
  state: 'active',
  clientId: 'client-1',
  sub: 'ada',
  resources: ['https://example.com/mcp'],
  scopes: ['todos:read'],
  refreshable: true,
  saltDigest: 'salt',
  generation: 1,
  rotatedAt: now,
  authTime: now,
  createdAt: now,
  expiresAt: now + 3600,
  absoluteExpiresAt: now + 86_400,
};

// dynalite adds no index to a table that is there; the runner names the cure (test/local-aws).
describe.each(engines.filter((kind) => kind !== 'dynalite'))('tables of an earlier template (%s)', (kind) => {
  test('get their indexes, and what was stored enters the lists with its next use', async () => {
    const { Grants, Clients } = tables;
    const engine = await startEngine(kind, [
      { name: 'Grants', partitionKey: Grants.partitionKey },
      { name: 'Clients', partitionKey: Clients.partitionKey },
    ]);
    const db = documentClient(engine.config);
    const client = { ...publicClient, expiresAt: now + 3600 };
    await db.send('PutItem', { TableName: 'Grants', Item: grant });
    await db.send('PutItem', { TableName: 'Clients', Item: client });
    for (const [name, table] of Object.entries({ Grants, Clients })) {
      await createTable(engine.endpoint, name, keysOf({ name, ...table }));
    }
    const sessions = async (by: object) => {
      const { items } = await dynamoSessionList(db, 'Grants').list(by, { limit: 10 }, now);
      return items.map(({ gid }) => gid);
    };
    const clients = async () => (await dynamoClientList(db, 'Clients').list({}, { limit: 10 }, now)).items;
    expect([await sessions({}), await sessions({ person: 'ada' }), await clients()]).toEqual([[], [], []]);
    const presented = { ...grant, now: now + 5, expiresAt: now + 7200 };
    expect(await dynamoGrants(db, 'Grants').rotate(presented)).toMatchObject({ ok: true, grant: { generation: 2 } });
    await dynamoClients(db, 'Clients').renew(client.clientId, now + 7200);
    for (const by of [{}, { person: 'ada' }, { client: 'client-1' }]) expect(await sessions(by)).toEqual(['gid-1']);
    expect(await clients()).toEqual([{ ...client, expiresAt: now + 7200 }]);
    await engine.stop();
  });
});
