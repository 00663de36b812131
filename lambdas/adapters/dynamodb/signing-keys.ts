import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { SigningKey } from '../../core/ports/signing-keys.ts';

/** Publishes a key: one conditional write that never overwrites; the same key again changes nothing. */
export async function recordSigningKey(_db: DynamoDBDocumentClient, _table: string, _key: SigningKey): Promise<void> {
  throw new Error('not built yet');
}
