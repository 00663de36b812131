import { createHash } from 'node:crypto';
import type { Names } from '../../core/ports/names.ts';
import { createItem, findItem, replaceItem } from './conditional-write.ts';
import type { DocumentClient } from './document-client.ts';

/** Names in the DynamoDB table `table`: one item a name that is taken (docs/storage.md). */
export function dynamoNames(db: DocumentClient, table: string): Names {
  const at = (kind: string, name: string) => ({ db, table, key: { id: nameId(kind, name) } });

  return {
    async take(kind, name, holder, isGone) {
      const target = at(kind, name);
      const { ok, item } = await createItem(target, { heldBy: holder });
      const earlier = item?.['heldBy'];
      if (ok || earlier === holder) return true;
      if (typeof earlier !== 'string' || !(await isGone(earlier))) return false;
      return (await replaceItem(target, { heldBy: holder }, [{ test: 'is', name: 'heldBy', value: earlier }])).ok;
    },

    async free(kind, name, holder) {
      const target = at(kind, name);
      if ((await findItem(target))?.['heldBy'] !== holder) return;
      await db.send('DeleteItem', {
        TableName: table,
        Key: target.key,
        ConditionExpression: '#heldBy = :holder',
        ExpressionAttributeNames: { '#heldBy': 'heldBy' },
        ExpressionAttributeValues: { ':holder': holder },
      });
    },
  };
}

/** Names that people would take for the same are the same. */
function nameId(kind: string, name: string): string {
  const plain = name.normalize('NFKC').trim().replace(/\s+/g, ' ').toLowerCase();
  return `${kind.slice(0, 500)}#${createHash('sha256')
    .update(JSON.stringify([kind, plain]))
    .digest('base64url')}`;
}
