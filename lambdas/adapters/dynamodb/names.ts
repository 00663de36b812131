import { createHash } from 'node:crypto';
import type { Names } from '../../core/ports/names.ts';
import { plainName } from '../../core/plain-name.ts';
import { createItem, replaceItem } from './conditional-write.ts';
import type { DocumentClient } from './document-client.ts';
import { isRefused } from './refused-condition.ts';

/** Seconds in which whoever took a name has stored what it is for, or never will: longer than a function may run. */
const grace = 60;

/** Names in the DynamoDB table `table`: one item a name that is taken (docs/storage.md). */
export function dynamoNames(db: DocumentClient, table: string): Names {
  const at = (kind: string, name: string) => ({ db, table, key: { id: nameId(kind, name) } });

  return {
    async take(kind, name, holder, isGone, now) {
      const target = at(kind, name);
      const taken = { heldBy: holder, takenAt: now };
      const { ok, item } = await createItem(target, taken);
      if (ok) return true;
      const { heldBy: earlier, takenAt } = { takenAt: 0, ...(item as Partial<Taken> | undefined) };
      if (earlier === undefined) return false;
      const isMine = earlier === holder;
      if (!isMine && (takenAt + grace > now || !(await isGone(earlier)))) return false;
      // One's own name is taken anew too, so that nobody asks about it in the minute to come.
      const unchanged = { test: 'is', name: 'takenAt', value: takenAt } as const;
      const { ok: isTaken, item: winner } = await replaceItem(target, taken, [
        { test: 'is', name: 'heldBy', value: earlier },
        ...(isMine ? [] : [unchanged]),
      ]);
      return isTaken || winner?.['heldBy'] === holder;
    },

    async free(kind, name, holder) {
      try {
        await db.send('DeleteItem', {
          TableName: table,
          Key: at(kind, name).key,
          ConditionExpression: '#heldBy = :holder',
          ExpressionAttributeNames: { '#heldBy': 'heldBy' },
          ExpressionAttributeValues: { ':holder': holder },
        });
      } catch (error) {
        if (!isRefused(error)) throw error;
      }
    },
  };
}

interface Taken {
  readonly heldBy: string;
  readonly takenAt: number;
}

function nameId(kind: string, name: string): string {
  return `${kind.slice(0, 500)}#${createHash('sha256')
    .update(JSON.stringify([kind, plainName(name)]))
    .digest('base64url')}`;
}
