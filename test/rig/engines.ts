import { createTable } from '../../local/aws/dynamodb/create-table.ts';
import { startEngine as start } from '../../local/aws/dynamodb/engine.ts';
import type { EngineKind } from '../../local/aws/dynamodb/engine-kind.ts';
import { installedEngines } from '../../local/aws/dynamodb/engine-kind.ts';

/** The DynamoDB engines that are installed here: `describe.each(engines)`. */
export const engines: readonly EngineKind[] = installedEngines();

/** A table as `lambdas/contract/tables.ts` describes it; keys are strings, the time to live is a number. */
export interface TestTable {
  readonly name: string;
  readonly partitionKey: string;
  readonly sortKey?: string;
  /** Engines do not delete by themselves: a test sees expired items, as readers of DynamoDB do for days. */
  readonly timeToLive?: string;
}

export interface TestEngine {
  readonly endpoint: string;
  /** For `new DynamoDBClient(config)`. */
  readonly config: {
    readonly endpoint: string;
    readonly region: string;
    readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  };
  /** Ends the engine; its data are gone. */
  stop(): Promise<void>;
}

/** Starts an engine in memory, with no IAM in front, and makes the tables. */
export async function startEngine(kind: EngineKind, tables: readonly TestTable[]): Promise<TestEngine> {
  const engine = await start(kind);
  const { endpoint } = engine;
  for (const table of tables) await createTable(endpoint, table.name, keysOf(table));
  const credentials = { accessKeyId: 'AKIATEST', secretAccessKey: 'secret' };
  return { endpoint, config: { endpoint, region: 'us-east-1', credentials }, stop: () => engine.stop() };
}

function keysOf({ partitionKey, sortKey }: TestTable): Record<string, unknown> {
  const keys = [
    { AttributeName: partitionKey, KeyType: 'HASH' },
    ...(sortKey ? [{ AttributeName: sortKey, KeyType: 'RANGE' }] : []),
  ];
  return {
    KeySchema: keys,
    AttributeDefinitions: keys.map(({ AttributeName }) => ({ AttributeName, AttributeType: 'S' })),
  };
}
