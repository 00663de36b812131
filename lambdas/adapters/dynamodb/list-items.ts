import { tables } from '../../contract/tables.ts';
import type { TableIndex, TableName, Table } from '../../contract/tables.ts';
import type { PageRequest } from '../../core/page.ts';
import { readCursor, writeCursor } from './cursor.ts';
import type { DocumentClient, Item } from './document-client.ts';

/** Where a list is read. */
export interface Listing {
  readonly db: DocumentClient;
  /** Name in the contract, and in AWS. */
  readonly name: TableName;
  readonly table: string;
  readonly index: string;
  /** Value of the index's partition key. */
  readonly partition: string;
}

/** A page of items as they are stored. */
export interface ItemPage {
  readonly items: readonly Item[];
  readonly next?: string;
}

/**
 * A page of a list, the newest first: one Query of an index that holds keys only, then one read of the items, strongly
 * consistent, so that a list never shows what an item was before.
 * @throws OAuthError invalid_request for a cursor of another list
 */
export async function listItems(listing: Listing, { limit, cursor }: PageRequest): Promise<ItemPage> {
  const { db, name, table, index, partition } = listing;
  const shape: Table = tables[name];
  const { partitionKey, sortKey } = shape.indexes?.[index] as TableIndex;
  const owner = `${name}.${index}#${partition}`;
  const start = cursor === undefined ? undefined : (JSON.parse(readCursor(cursor, owner)) as Item);
  const { Items: keys = [], LastEvaluatedKey: last } = await db.send('Query', {
    TableName: table,
    IndexName: index,
    KeyConditionExpression: '#partition = :partition',
    ExpressionAttributeNames: { '#partition': partitionKey },
    ExpressionAttributeValues: { ':partition': partition },
    Limit: limit,
    ScanIndexForward: false,
    // The partition is the caller's, whatever the cursor says.
    ...(start && { ExclusiveStartKey: { ...start, [partitionKey]: partition } }),
  });
  const items = await itemsAt(listing, keys, shape);
  if (!last) return { items };
  const position = { ...baseKey(last, shape), [sortKey]: last[sortKey] };
  return { items, next: writeCursor(JSON.stringify(position), owner) };
}

async function itemsAt({ db, table }: Listing, keys: readonly Item[], shape: Table): Promise<readonly Item[]> {
  if (keys.length === 0) return [];
  const [found = []] = await db.batchGet([{ table, keys: keys.map((key) => baseKey(key, shape)) }]);
  const byKey = new Map(found.map((item) => [keyText(item, shape), item]));
  return keys.map((key) => byKey.get(keyText(key, shape))).filter((item) => item !== undefined);
}

function baseKey(item: Item, { partitionKey, sortKey }: Table): Item {
  return { [partitionKey]: item[partitionKey], ...(sortKey !== undefined && { [sortKey]: item[sortKey] }) };
}

function keyText(item: Item, shape: Table): string {
  return JSON.stringify(Object.values(baseKey(item, shape)));
}
