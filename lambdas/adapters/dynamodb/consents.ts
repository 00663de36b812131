import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Consents } from '../../core/ports/consents.ts';

/** Consents in the DynamoDB table `table` (docs/storage.md). */
export function dynamoConsents(_db: DynamoDBDocumentClient, _table: string): Consents {
  throw new Error('not built yet');
}
