import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Grants } from '../../core/ports/grants.ts';

/** Grants in the DynamoDB table `table` (docs/storage.md). */
export function dynamoGrants(_db: DynamoDBDocumentClient, _table: string): Grants {
  throw new Error('not built yet');
}
