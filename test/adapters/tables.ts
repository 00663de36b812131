import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import type { TableName } from '../../lambdas/contract/tables.ts';
import { tables } from '../../lambdas/contract/tables.ts';
import { documentClient } from '../../lambdas/adapters/dynamodb/document-client.ts';
import type { EngineKind } from '../../local/aws/dynamodb/engine-kind.ts';
import type { TestEngine } from '../rig/engines.ts';
import { startEngine } from '../rig/engines.ts';

export interface Storage {
  readonly db: DynamoDBDocumentClient;
  readonly engine: TestEngine;
  /** Everything that the table holds, as the engine stores it. */
  all(): Promise<Record<string, unknown>[]>;
  stop(): Promise<void>;
}

/** An engine with one table of the contract, named as in the contract. */
export async function storageFor(kind: EngineKind, table: TableName): Promise<Storage> {
  const engine = await startEngine(kind, [{ name: table, ...tables[table] }]);
  const db = documentClient(engine.config);
  return {
    db,
    engine,
    async all() {
      const { Items = [] } = await db.send(new ScanCommand({ TableName: table, ConsistentRead: true }));
      return Items;
    },
    async stop() {
      db.destroy();
      await engine.stop();
    },
  };
}

/** Runs `work` twenty times at once. */
export function twentyTimes<T>(work: (index: number) => Promise<T>): Promise<T[]> {
  return Promise.all(Array.from({ length: 20 }, (_, index) => work(index)));
}
