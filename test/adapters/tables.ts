import type { TableName } from '../../lambdas/contract/tables.ts';
import { tables } from '../../lambdas/contract/tables.ts';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb';
import type { DocumentClient } from '../../lambdas/adapters/dynamodb/document-client.ts';
import { documentClient } from '../../lambdas/adapters/dynamodb/document-client.ts';
import type { EngineKind } from '../../local/aws/dynamodb/engine-kind.ts';
import type { TestEngine } from '../rig/engines.ts';
import { startEngine } from '../rig/engines.ts';

export interface Storage {
  readonly db: DocumentClient;
  readonly engine: TestEngine;
  /** Everything that the table holds, as the engine stores it. */
  all(): Promise<Record<string, unknown>[]>;
  stop(): Promise<void>;
}

/** An engine with one table of the contract, named as in the contract. */
export async function storageFor(kind: EngineKind, table: TableName): Promise<Storage> {
  const engine = await startEngine(kind, [{ name: table, ...tables[table] }]);
  const db = documentClient(engine.config);
  const sdk = DynamoDBDocumentClient.from(new DynamoDBClient(engine.config));
  return {
    db,
    engine,
    async all() {
      const { Items = [] } = await sdk.send(new ScanCommand({ TableName: table, ConsistentRead: true }));
      return Items;
    },
    async stop() {
      sdk.destroy();
      await engine.stop();
    },
  };
}

/** Runs `work` twenty times at once. */
export function twentyTimes<T>(work: (index: number) => Promise<T>): Promise<T[]> {
  return Promise.all(Array.from({ length: 20 }, (_, index) => work(index)));
}
