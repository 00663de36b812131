import type { BrowserSession, Interactions, LoginTransaction, PushedRequest } from '../../core/ports/interactions.ts';
import { deleteItem, findItem, updateItem } from './conditional-write.ts';
import type { DocumentClient } from './document-client.ts';

/** Login transactions, pushed requests and browser sessions in the DynamoDB table `table` (docs/storage.md). */
export function dynamoInteractions(db: DocumentClient, table: string): Interactions {
  const at = (id: string) => ({ db, table, key: { id } });
  const store = (id: string, item: object) => db.send('PutItem', { TableName: table, Item: { ...item, id } });

  async function unexpired<T extends { expiresAt: number }>(id: string, now: number): Promise<T | undefined> {
    const item = (await findItem(at(id))) as T | undefined;
    return item && item.expiresAt > now ? item : undefined;
  }

  return {
    async begin(transaction) {
      await store(transactionKey(transaction.id), transaction);
    },
    async find(id, now) {
      const item = await unexpired<LoginTransaction>(transactionKey(id), now);
      return item && { ...item, id };
    },
    async signedIn(id, person, now) {
      const { ok } = await updateItem(at(transactionKey(id)), { set: { step: 'consent', person } }, [
        { test: 'is', name: 'step', value: 'sign-in' },
        { test: 'above', name: 'expiresAt', value: now },
      ]);
      return ok;
    },
    async finish(id) {
      await deleteItem(at(transactionKey(id)));
    },

    async push(pushed) {
      await store(pushedKey(pushed.digest), pushed);
    },
    async findPushed(digest, now) {
      const item = await unexpired<PushedRequest & { taken?: true }>(pushedKey(digest), now);
      return item && !item.taken ? { digest, request: item.request, expiresAt: item.expiresAt } : undefined;
    },
    async takePushed(digest, now) {
      // Marked, not deleted: a repeated delete could not tell whether the first one was ours (conditional-write.ts).
      const { ok } = await updateItem(at(pushedKey(digest)), { set: { taken: true } }, [
        { test: 'missing', name: 'taken' },
        { test: 'above', name: 'expiresAt', value: now },
      ]);
      return ok;
    },

    async startSession(session) {
      await store(sessionKey(session.digest), session);
    },
    async findSession(digest, now) {
      const item = await unexpired<BrowserSession & { id: string }>(sessionKey(digest), now);
      return item && { digest, person: item.person, startedAt: item.startedAt, expiresAt: item.expiresAt };
    },
    async endSession(digest) {
      await deleteItem(at(sessionKey(digest)));
    },
  };
}

function transactionKey(id: string): string {
  return `transaction#${id}`;
}

function pushedKey(digest: string): string {
  return `pushed#${digest}`;
}

function sessionKey(digest: string): string {
  return `session#${digest}`;
}
