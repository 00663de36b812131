import type { IndexProperties, TableProperties } from './create-table.ts';
import { callEngine } from './engine-call.ts';

interface Description {
  readonly KeySchema?: readonly KeyElement[];
  readonly GlobalSecondaryIndexes?: readonly { readonly IndexName: string }[];
}

interface KeyElement {
  readonly AttributeName: string;
  readonly KeyType: string;
}

/**
 * Brings a table that was made by an earlier template up to this one: adds the indexes that it lacks.
 * @throws Error with the cure if its keys are others, which no update of DynamoDB can change either
 */
export async function updateTable(endpoint: string, name: string, properties: TableProperties): Promise<void> {
  const { Table = {} } = (await callEngine(endpoint, 'DescribeTable', { TableName: name })) as { Table?: Description };
  if (keyText(Table.KeySchema) !== keyText(properties['KeySchema'] as KeyElement[])) {
    throw new Error(`table ${name} was made with other keys; delete the state folder to start over`);
  }
  const there = new Set(Table.GlobalSecondaryIndexes?.map(({ IndexName }) => IndexName));
  const wanted = (properties['GlobalSecondaryIndexes'] ?? []) as readonly IndexProperties[];
  for (const { IndexName, KeySchema, Projection } of wanted.filter((index) => !there.has(index.IndexName))) {
    await callEngine(endpoint, 'UpdateTable', {
      TableName: name,
      AttributeDefinitions: properties['AttributeDefinitions'],
      GlobalSecondaryIndexUpdates: [{ Create: { IndexName, KeySchema, Projection } }],
    }).catch((cause: unknown) => {
      const cure = 'delete the state folder to start over';
      throw new Error(`this DynamoDB engine cannot add index ${IndexName} to table ${name}; ${cure}`, { cause });
    });
  }
}

function keyText(schema: readonly KeyElement[] = []): string {
  return schema
    .map(({ AttributeName, KeyType }) => `${KeyType} ${AttributeName}`)
    .sort()
    .join();
}
