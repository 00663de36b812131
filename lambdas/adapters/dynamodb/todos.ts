import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Todos } from '../../core/ports/todos.ts';

/** Todos in the DynamoDB table `table` (docs/storage.md). */
export function dynamoTodos(_db: DynamoDBDocumentClient, _table: string): Todos {
  throw new Error('not built yet');
}
