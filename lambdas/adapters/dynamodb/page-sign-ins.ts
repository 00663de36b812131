import type { PageSignIn, PageSignIns } from '../../core/ports/page-sign-ins.ts';
import { createItem, findItem, updateItem } from './conditional-write.ts';
import type { DocumentClient } from './document-client.ts';

/** Sign-ins for our own pages in the DynamoDB table `table`, that of the interactions (docs/storage.md). */
export function dynamoPageSignIns(db: DocumentClient, table: string): PageSignIns {
  const at = (id: string) => ({ db, table, key: { id: `page-sign-in#${id}` } });

  return {
    async begin(signIn) {
      await createItem(at(signIn.id), { ...signIn });
    },
    async find(id, now) {
      const item = (await findItem(at(id))) as PageSignIn | undefined;
      return item && item.expiresAt > now ? { ...item, id } : undefined;
    },
    async finish(id, now) {
      const { ok } = await updateItem(at(id), { set: { isDone: true } }, [
        { test: 'exists', name: 'id' },
        { test: 'missing', name: 'isDone' },
        { test: 'above', name: 'expiresAt', value: now },
      ]);
      return ok;
    },
  };
}
