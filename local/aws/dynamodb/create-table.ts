import { callEngine, EngineError } from './engine-call.ts';
import { updateTable } from './update-table.ts';

/** CloudFormation's properties of a table; the ones that matter to an engine. */
export type TableProperties = Readonly<Record<string, unknown>>;

export interface IndexProperties {
  readonly IndexName: string;
  readonly KeySchema: unknown;
  readonly Projection: unknown;
}

/** Makes the table, or adds what an existing one lacks; its data stay. @throws Error if the keys have changed */
export async function createTable(endpoint: string, name: string, properties: TableProperties): Promise<void> {
  try {
    await callEngine(endpoint, 'CreateTable', {
      TableName: name,
      AttributeDefinitions: properties['AttributeDefinitions'],
      KeySchema: properties['KeySchema'],
      BillingMode: 'PAY_PER_REQUEST',
      ...indexes('GlobalSecondaryIndexes', properties),
      ...indexes('LocalSecondaryIndexes', properties),
    });
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    if (error.name !== 'ResourceInUseException') throw new Error(`table ${name}: ${error.message}`, { cause: error });
    await updateTable(endpoint, name, properties);
  }
  await waitUntilActive(endpoint, name);
  await setTimeToLive(endpoint, name, timeToLiveAttribute(properties));
}

/** Expired items are swept by us; the engine only has to describe the table truly, and not every engine can. */
async function setTimeToLive(endpoint: string, name: string, attribute: string | undefined): Promise<void> {
  if (!attribute) return;
  const TimeToLiveSpecification = { AttributeName: attribute, Enabled: true };
  try {
    await callEngine(endpoint, 'UpdateTimeToLive', { TableName: name, TimeToLiveSpecification });
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
  }
}

function indexes(kind: string, properties: TableProperties): Record<string, unknown> {
  const list = properties[kind] as readonly IndexProperties[] | undefined;
  if (!list?.length) return {};
  return { [kind]: list.map(({ IndexName, KeySchema, Projection }) => ({ IndexName, KeySchema, Projection })) };
}

async function waitUntilActive(endpoint: string, name: string): Promise<void> {
  for (let tries = 0; tries < 500; tries++) {
    const { Table } = (await callEngine(endpoint, 'DescribeTable', { TableName: name })) as {
      Table?: { TableStatus?: string };
    };
    if (Table?.TableStatus === 'ACTIVE') return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error(`table ${name} did not become active`);
}

/** The attribute with the epoch second after which DynamoDB deletes an item; undefined if the table keeps all. */
export function timeToLiveAttribute(properties: TableProperties): string | undefined {
  const setting = properties['TimeToLiveSpecification'] as { AttributeName?: string; Enabled?: boolean } | undefined;
  return setting?.Enabled === false ? undefined : setting?.AttributeName;
}

/** Names of the key attributes, the partition key first. */
export function keyNames(properties: TableProperties): string[] {
  const schema = (properties['KeySchema'] ?? []) as readonly { AttributeName: string; KeyType: string }[];
  return [...schema].sort((a, b) => a.KeyType.localeCompare(b.KeyType)).map(({ AttributeName }) => AttributeName);
}
