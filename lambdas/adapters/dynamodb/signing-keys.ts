import type { StoredKey } from '../../core/ports/signing-key-ring.ts';
import type { SigningKey } from '../../core/ports/signing-keys.ts';
import { createItem, updateItem } from './conditional-write.ts';
import type { DocumentClient } from './document-client.ts';
import { withoutMarks } from './marks.ts';
import { isRefused } from './refused-condition.ts';

/** All keys share one partition, so that one Query reads them. */
const set = 'signing-keys';

/**
 * Publishes a key by one write.
 * @param again the key signs from now on, even if it was published before: an algorithm was changed back, or a
 *   deployment was rolled back. Otherwise the same key again changes nothing.
 */
export async function recordSigningKey(
  db: DocumentClient,
  table: string,
  key: SigningKey,
  again = false,
): Promise<void> {
  const target = { db, table, key: { set, kid: key.kid }, writeOnly: true };
  if (!again) await createItem(target, { ...key });
  else {
    // A key that an administrator retired stays so, whatever is deployed (docs/decisions/0028).
    const ConditionExpression = 'attribute_not_exists(retiredAt)';
    const put = db.send('PutItem', { TableName: table, Item: { ...key, ...target.key }, ConditionExpression });
    await put.catch((error: unknown) => {
      if (!isRefused(error)) throw error;
    });
  }
}

/** Every stored key: a strongly consistent read of the one partition. */
export async function allSigningKeys(db: DocumentClient, table: string): Promise<readonly StoredKey[]> {
  const { Items = [] } = await db.send('Query', {
    TableName: table,
    ConsistentRead: true,
    KeyConditionExpression: '#set = :set',
    ExpressionAttributeNames: { '#set': 'set' },
    ExpressionAttributeValues: { ':set': set },
  });
  return Items.map((item) => {
    const { set: _set, ...key } = withoutMarks(item);
    return key as unknown as StoredKey;
  });
}

/** Retires a key by one write; the first `retiredAt` stays. @returns false if there is no such key */
export async function retireSigningKey(
  db: DocumentClient,
  table: string,
  kid: string,
  { retiredAt, goneAt }: { readonly retiredAt: number; readonly goneAt: number },
): Promise<boolean> {
  const changes = { setOnce: { retiredAt }, set: { goneAt } };
  const target = { db, table, key: { set, kid }, writeOnly: true };
  return (await updateItem(target, changes, [{ test: 'exists', name: 'kid' }])).ok;
}
