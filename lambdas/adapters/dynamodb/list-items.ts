import { tables } from '../../contract/tables.ts';
import type { Table, TableIndex, TableName } from '../../contract/tables.ts';
import type { PageRequest } from '../../core/page.ts';
import { isPossibleKey } from './key.ts';
import { malformedCursor, readCursor, writeCursor } from './cursor.ts';
import type { DocumentClient, Item } from './document-client.ts';
import { withoutMarks } from './marks.ts';

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
  if (!isPossibleKey({ partition })) return { items: [] };
  const shape: Table = tables[name];
  const order = shape.indexes?.[index] as TableIndex;
  const owner = `${name}.${index}#${partition}`;
  const start = cursor === undefined ? undefined : positionOf(readCursor(cursor, owner), shape, order);
  const { Items: keys = [], LastEvaluatedKey: last } = await db.send('Query', {
    TableName: table,
    IndexName: index,
    KeyConditionExpression: '#partition = :partition',
    ExpressionAttributeNames: { '#partition': order.partitionKey },
    ExpressionAttributeValues: { ':partition': partition },
    Limit: limit,
    ScanIndexForward: false,
    // The partition is the caller's, whatever the cursor says.
    ...(start && { ExclusiveStartKey: { ...start, [order.partitionKey]: partition } }),
  });
  const items = await itemsAt(listing, keys, shape);
  if (!last) return { items };
  const position = [...Object.values(baseKey(last, shape)), last[order.sortKey]];
  return { items, next: writeCursor(JSON.stringify(position), owner) };
}

/** Items in the order of their keys; one that was deleted since the index said so is left out. */
async function itemsAt({ db, table }: Listing, keys: readonly Item[], shape: Table): Promise<readonly Item[]> {
  if (keys.length === 0) return [];
  const [found = []] = await db.batchGet([{ table, keys: keys.map((key) => baseKey(key, shape)) }]);
  const byKey = new Map(found.map((item) => [keyText(item, shape), item]));
  const items = keys.map((key) => byKey.get(keyText(key, shape))).filter((item) => item !== undefined);
  return items.map(withoutMarks);
}

/** Where in the index a page ended. @throws OAuthError if it is no position */
function positionOf(text: string, { partitionKey, sortKey }: Table, index: TableIndex): Item {
  const values = parsed(text);
  const { sortType = 'number' } = index;
  const names = [partitionKey, ...(sortKey === undefined ? [] : [sortKey]), index.sortKey];
  const isRight = (value: unknown, place: number): boolean =>
    place < names.length - 1 ? typeof value === 'string' && isPossibleKey({ value }) : typeof value === sortType;
  // A checksum is no signature: what is not a key here must not become an error of DynamoDB.
  if (values.length !== names.length || !values.every(isRight)) throw malformedCursor();
  return Object.fromEntries(names.map((name, place) => [name, values[place]]));
}

function parsed(text: string): readonly unknown[] {
  try {
    return [JSON.parse(text)].flat();
  } catch {
    return [];
  }
}

function baseKey(item: Item, { partitionKey, sortKey }: Table): Item {
  return { [partitionKey]: item[partitionKey], ...(sortKey !== undefined && { [sortKey]: item[sortKey] }) };
}

function keyText(item: Item, shape: Table): string {
  return JSON.stringify(Object.values(baseKey(item, shape)));
}
