import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Interactions } from '../../core/ports/interactions.ts';

/** Interactions in the DynamoDB table `table` (docs/storage.md). */
export function dynamoInteractions(_db: DynamoDBDocumentClient, _table: string): Interactions {
  throw new Error('not built yet');
}
