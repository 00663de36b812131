import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { SigningKey } from '../../core/ports/signing-keys.ts';
import { createItem } from './conditional-write.ts';

/** All keys share one partition, so that one Query reads them. */
const set = 'signing-keys';

/** Publishes a key: one conditional write that never overwrites; the same key again changes nothing. */
export async function recordSigningKey(db: DynamoDBDocumentClient, table: string, key: SigningKey): Promise<void> {
  await createItem({ db, table, key: { set, kid: key.kid }, writeOnly: true }, { ...key });
}
