import { createTable } from '../../local/aws/dynamodb/create-table.ts';
import { startEngine as start } from '../../local/aws/dynamodb/engine.ts';
import type { EngineKind } from '../../local/aws/dynamodb/engine-kind.ts';
import { installedEngines } from '../../local/aws/dynamodb/engine-kind.ts';

/** The DynamoDB engines that are installed here: `describe.each(engines)`. */
export const engines: readonly EngineKind[] = installedEngines();

/** Holds keys only; its sort key is a number unless it says otherwise. */
export interface TestIndex {
  readonly partitionKey: string;
  readonly sortKey: string;
  readonly sortType?: 'number' | 'string';
}

/** A table as `lambdas/contract/tables.ts` describes it; keys are strings, the time to live is a number. */
export interface TestTable {
  readonly name: string;
  readonly partitionKey: string;
  readonly sortKey?: string;
  readonly indexes?: Readonly<Record<string, TestIndex>>;
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

/** What CreateTable says of a table's keys and indexes. */
export function keysOf({ partitionKey, sortKey, indexes = {} }: TestTable): Record<string, unknown> {
  const types = new Map<string, 'S' | 'N'>([partitionKey, ...(sortKey ? [sortKey] : [])].map((name) => [name, 'S']));
  for (const index of Object.values(indexes)) {
    types.set(index.partitionKey, 'S').set(index.sortKey, index.sortType === 'string' ? 'S' : 'N');
  }
  const all = Object.entries(indexes).map(([IndexName, index]) => ({
    IndexName,
    KeySchema: keySchema(index.partitionKey, index.sortKey),
    Projection: { ProjectionType: 'KEYS_ONLY' },
  }));
  return {
    KeySchema: keySchema(partitionKey, sortKey),
    AttributeDefinitions: [...types].map(([AttributeName, AttributeType]) => ({ AttributeName, AttributeType })),
    ...(all.length > 0 && { GlobalSecondaryIndexes: all }),
  };
}

function keySchema(partitionKey: string, sortKey?: string): object[] {
  return [
    { AttributeName: partitionKey, KeyType: 'HASH' },
    ...(sortKey ? [{ AttributeName: sortKey, KeyType: 'RANGE' }] : []),
  ];
}
