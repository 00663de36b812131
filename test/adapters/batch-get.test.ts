import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { documentClient } from '../../lambdas/adapters/dynamodb/document-client.ts';
import { tables } from '../../lambdas/contract/tables.ts';
import { engines, startEngine } from '../rig/engines.ts';
import type { TestEngine } from '../rig/engines.ts';

type Requests = Record<string, { Keys: unknown[]; ConsistentRead: boolean }>;

/** A busy DynamoDB: of each read by keys it does `keep()` keys a table and leaves the others over. */
async function busyProxy(target: string, keep: () => number) {
  const calls: number[] = [];
  const server = createServer((incoming, outgoing) => {
    void (async () => {
      const chunks: Buffer[] = [];
      for await (const chunk of incoming) chunks.push(chunk as Buffer);
      const { RequestItems } = JSON.parse(Buffer.concat(chunks).toString()) as { RequestItems: Requests };
      calls.push(Object.values(RequestItems).reduce((sum, { Keys }) => sum + Keys.length, 0));
      const most = keep();
      const cut = (from: number, to?: number): Requests =>
        Object.fromEntries(
          Object.entries(RequestItems)
            .map(([table, { Keys, ...rest }]) => [table, { ...rest, Keys: Keys.slice(from, to) }] as const)
            .filter(([, { Keys }]) => Keys.length > 0),
        );
      const headers = { ...incoming.headers, host: new URL(target).host } as unknown as Record<string, string>;
      delete headers['content-length'];
      const some = cut(0, most);
      const body = JSON.stringify({ RequestItems: some });
      const answer = Object.keys(some).length
        ? ((await (await fetch(target, { method: 'POST', headers, body })).json()) as object)
        : { Responses: {} };
      outgoing.setHeader('content-type', 'application/x-amz-json-1.0');
      outgoing.end(JSON.stringify({ ...answer, UnprocessedKeys: cut(most) }));
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

describe.each(engines)('a read by keys (%s)', (kind) => {
  let engine: TestEngine;
  let db: ReturnType<typeof documentClient>;
  const ids = Array.from({ length: 250 }, (_, index) => `id-${index}`);

  beforeAll(async () => {
    engine = await startEngine(
      kind,
      (['Revocations', 'Names'] as const).map((name) => ({ name, ...tables[name] })),
    );
    db = documentClient(engine.config);
    const put = (table: string) => ids.map((id) => db.send('PutItem', { TableName: table, Item: { id, table } }));
    await Promise.all([...put('Revocations'), ...put('Names')]);
  });
  afterAll(() => engine.stop());

  const wanted = (count: number) =>
    ['Revocations', 'Names'].map((table) => ({ table, keys: ids.slice(0, count).map((id) => ({ id })) }));

  test('gives each table its items, however many and however often a key is named', async () => {
    const [first = [], second = [], ...others] = await db.batchGet([...wanted(250), { table: 'Names', keys: [] }]);
    expect(first.map(({ id }) => id).toSorted()).toEqual(ids.toSorted());
    expect(first.every(({ table }) => table === 'Revocations')).toBe(true);
    expect(second).toHaveLength(250);
    expect(others).toHaveLength(1);
    const [twice, unknown] = await db.batchGet([
      { table: 'Names', keys: [{ id: 'id-1' }, { id: 'id-1' }] },
      { table: 'Revocations', keys: [{ id: 'unknown' }] },
    ]);
    expect(twice).toEqual([{ id: 'id-1', table: 'Names' }]);
    expect(unknown).toEqual([]);
    expect(await db.batchGet([{ table: 'Names', keys: [] }])).toEqual([[]]);
  });

  test('F-D6 keys that a busy table leaves over are asked for again, and only those', async () => {
    let keep = 30;
    const proxy = await busyProxy(engine.endpoint, () => keep);
    const busy = documentClient({ ...engine.config, endpoint: proxy.endpoint });
    const [first = [], second = []] = await busy.batchGet(wanted(40));
    expect([first.length, second.length]).toEqual([40, 40]);
    expect(proxy.calls).toEqual([80, 20]);
    keep = 0;
    // What cannot be read must not pass for what is not there.
    await expect(busy.batchGet(wanted(1))).rejects.toThrow('left keys unread');
    await proxy.stop();
  });
});
