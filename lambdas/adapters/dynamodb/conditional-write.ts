import { randomUUID } from 'node:crypto';
import type { DocumentClient, Item } from './document-client.ts';
import { plainItem } from './document-client.ts';
import type { Changes, Condition, When } from './expression.ts';
import { Expression } from './expression.ts';
import { isPossibleKey } from './key.ts';
import { withoutMarks } from './marks.ts';
import { isRefused } from './refused-condition.ts';

/**
 * `ok`: written, and `item` is what is stored now. Not `ok`: the condition did not hold, nothing was changed, and
 * `item` is the one that refused (undefined: there is none).
 */
export type WriteOutcome = { readonly ok: true; readonly item: Item } | { readonly ok: false; readonly item?: Item };

interface Target {
  readonly db: DocumentClient;
  readonly table: string;
  /** The partition key first. */
  readonly key: Readonly<Record<string, string>>;
  /** The function's role may not read this table: where the engine does not send the refusing item, it stays unknown. */
  readonly writeOnly?: boolean;
}

/** Stores a new item; if the key is taken, nothing changes. Throws what DynamoDB throws, but a failed condition. */
export function createItem(target: Target, item: Item): Promise<WriteOutcome> {
  const { db, table, key } = target;
  return settle(target, async (writeId) => {
    const expression = new Expression();
    const condition = expression.condition(Object.keys(key).map((name) => ({ test: 'missing', name })));
    await db.send('PutItem', {
      TableName: table,
      Item: { ...item, ...key, writeId },
      ConditionExpression: condition,
      ...expression.placeholders(),
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    });
    return { ...item, ...key };
  });
}

/**
 * The same for what must be stored when this returns.
 * @returns the item that has the key already; undefined if there was none
 * @throws Error if it was neither stored nor there: somebody took the other one away in the same moment
 */
export async function createUnlessThere(target: Target, item: Item): Promise<Item | undefined> {
  const outcome = await createItem(target, item);
  if (outcome.ok || outcome.item) return outcome.ok ? undefined : outcome.item;
  throw new Error(`an item of the table ${target.table} was not stored; try again`);
}

/** Puts an item in place of the one that is there, if `when` holds or there is none. */
export function replaceItem(
  target: Target,
  item: Item,
  when: readonly [Condition, ...Condition[]],
): Promise<WriteOutcome> {
  const { db, table, key } = target;
  return settle(target, async (writeId) => {
    const expression = new Expression();
    const [partition = ''] = Object.keys(key);
    const isMissing = expression.condition([{ test: 'missing', name: partition }]);
    await db.send('PutItem', {
      TableName: table,
      Item: { ...item, ...key, writeId },
      ConditionExpression: `${isMissing} OR (${expression.condition(when)})`,
      ...expression.placeholders(),
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    });
    return { ...item, ...key };
  });
}

/**
 * Changes an item where `when` holds, in one write; without a condition it creates the item that is missing.
 * Throws what DynamoDB throws, but a failed condition.
 */
export async function updateItem(target: Target, changes: Changes, when: When): Promise<WriteOutcome> {
  const { db, table, key } = target;
  if (!isPossibleKey(key)) return { ok: false };
  return settle(target, async (writeId) => {
    const expression = new Expression();
    const { Attributes } = await db.send('UpdateItem', {
      TableName: table,
      Key: key,
      UpdateExpression: expression.update({ ...changes, set: { ...changes.set, writeId } }),
      ConditionExpression: expression.condition(when),
      ...expression.placeholders(),
      ReturnValues: 'ALL_NEW',
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    });
    return Attributes ?? {};
  });
}

/**
 * Every write leaves a random `writeId` in the item. A request is sent again if its answer is lost, and then the
 * condition fails on what our own first attempt wrote: by that mark a success is not taken for a second use, which
 * would revoke a grant (AS-63).
 */
async function settle(target: Target, write: (writeId: string) => Promise<Item>): Promise<WriteOutcome> {
  const writeId = randomUUID();
  try {
    return { ok: true, item: withoutMarks(await write(writeId)) };
  } catch (error) {
    if (!isRefused(error)) throw error;
    const refused = plainItem(error.detail['Item']) ?? (target.writeOnly ? undefined : await readItem(target));
    if (!refused) return { ok: false };
    return { ok: refused['writeId'] === writeId, item: withoutMarks(refused) };
  }
}

/** One strongly consistent read: not every engine sends the item along with the refusal. */
async function readItem({ db, table, key }: Target): Promise<Item | undefined> {
  if (!isPossibleKey(key)) return undefined;
  const { Item } = await db.send('GetItem', { TableName: table, Key: key, ConsistentRead: true });
  return Item;
}

/** A strongly consistent read of one item. */
export async function findItem(target: Target): Promise<Item | undefined> {
  const item = await readItem(target);
  return item && withoutMarks(item);
}

/** Deletes an item; idempotent. @returns whether there was one */
export async function deleteItem({ db, table, key }: Target): Promise<boolean> {
  if (!isPossibleKey(key)) return false;
  const { Attributes } = await db.send('DeleteItem', { TableName: table, Key: key, ReturnValues: 'ALL_OLD' });
  return Attributes !== undefined;
}
