import type { SigningKey } from '../../core/ports/signing-keys.ts';
import { createItem } from './conditional-write.ts';
import type { DocumentClient } from './document-client.ts';

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
  if (again) await db.send('PutItem', { TableName: table, Item: { ...key, ...target.key } });
  else await createItem(target, { ...key });
}
