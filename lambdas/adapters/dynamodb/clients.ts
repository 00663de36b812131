import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Clients } from '../../core/ports/clients.ts';

/** Clients in the DynamoDB table `table` (docs/storage.md). */
export function dynamoClients(_db: DynamoDBDocumentClient, _table: string): Clients {
  throw new Error('not built yet');
}
