import { Agent } from 'node:http';
import type { AwsSpec } from '../aws-spec.ts';
import type { Service } from '../service.ts';
import { accessRequests } from './access.ts';
import { createTable, keyNames, timeToLiveAttribute } from './create-table.ts';
import { startEngine } from './engine.ts';
import { chooseEngine } from './engine-kind.ts';
import { forward } from './forward.ts';
import type { ExpiringTable } from './sweep.ts';
import { sweepTable } from './sweep.ts';

const operations = new Set(
  (
    'GetItem PutItem UpdateItem DeleteItem Query Scan BatchGetItem BatchWriteItem TransactGetItems TransactWriteItems ' +
    'ListTables DescribeTable DescribeTimeToLive UpdateTimeToLive CreateTable UpdateTable DeleteTable'
  ).split(' '),
);

export interface LocalDynamoDb {
  readonly service: Service;
  /** @returns how many expired items were deleted */
  sweepExpired(): Promise<number>;
  stop(): Promise<void>;
}

/** Starts the engine, makes the missing tables and stands in front with IAM's questions. */
export async function startDynamoDb(spec: Pick<AwsSpec, 'stateDir' | 'tables'>): Promise<LocalDynamoDb> {
  const engine = await startEngine(chooseEngine(process.env['GATEHOUSE_DYNAMODB']), spec.stateDir);
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });
  try {
    await Promise.all(spec.tables.map(({ name, properties }) => createTable(engine.endpoint, name, properties)));
  } catch (error) {
    await engine.stop();
    throw error;
  }
  const expiring = spec.tables.flatMap(({ name, properties }): ExpiringTable[] => {
    const timeToLive = timeToLiveAttribute(properties);
    return timeToLive ? [{ name, keys: keyNames(properties), timeToLive }] : [];
  });
  const partitionKeys = new Map(spec.tables.map(({ name, properties }) => [name, keyNames(properties)[0]]));
  return {
    service: {
      name: 'dynamodb',
      jsonVersion: '1.0',
      errorNamespace: 'com.amazon.coral.service#',
      knows: (operation) => operations.has(operation),
      requests: (operation, input, region) =>
        accessRequests(operation, input, region, (table) => partitionKeys.get(table)),
      answer: (_operation, _input, call) => forward(engine.endpoint, agent, call),
    },
    async sweepExpired() {
      const now = Math.floor(Date.now() / 1000);
      let deleted = 0;
      for (const table of expiring) deleted += await sweepTable(engine.endpoint, table, now, agent);
      return deleted;
    },
    async stop() {
      agent.destroy();
      await engine.stop();
    },
  };
}
