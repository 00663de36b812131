import type { Replay } from '../../core/ports/replay.ts';
import { updateItem } from './conditional-write.ts';
import type { DocumentClient } from './document-client.ts';

/** Spent ids in the DynamoDB table `table` (docs/storage.md). */
export function dynamoReplay(db: DocumentClient, table: string): Replay {
  return {
    async spend(id, expiresAt, now) {
      const target = { db, table, key: { id }, writeOnly: true };
      // Times are whole seconds: below now + 1 is at or before now. Deletion by DynamoDB may come days later.
      const { ok } = await updateItem(
        target,
        { set: { expiresAt: Math.ceil(expiresAt) } },
        {
          anyOf: [
            { test: 'missing', name: 'id' },
            { test: 'below', name: 'expiresAt', value: Math.floor(now) + 1 },
          ],
        },
      );
      return ok;
    },
  };
}
