import type { Revocations, RevocationTarget } from '../../core/ports/revocations.ts';
import { updateItem } from './conditional-write.ts';
import type { DocumentClient } from './document-client.ts';

/** Revocations in the DynamoDB table `table`: one item a target (docs/storage.md). */
export function dynamoRevocations(db: DocumentClient, table: string): Revocations {
  return {
    async revoke(target, before, keepUntil) {
      const at = { db, table, key: { id: revocationId(target) }, writeOnly: true };
      const changes = { set: { before, expiresAt: keepUntil } };
      // A later one, if there is one, says more: nothing is lost by leaving it.
      await updateItem(at, changes, {
        anyOf: [
          { test: 'missing', name: 'id' },
          { test: 'below', name: 'before', value: before },
        ],
      });
    },

    async latest(targets) {
      const ids = [...new Set(targets.map(revocationId))];
      const [items = []] = await db.batchGet([{ table, keys: ids.map((id) => ({ id })) }]);
      return latestOf(items);
    },
  };
}

/** Key of a target. No part of a person's subject can be taken for another part of the key. */
export function revocationId(target: RevocationTarget): string {
  switch (target.kind) {
    case 'client':
      return `client#${target.clientId}`;
    case 'person':
      return `person#${target.sub}`;
    case 'consent':
      return `consent#${encodeURIComponent(target.sub)}#${target.clientId}`;
  }
}

/** The latest second of stored revocations; 0 if there is none. */
export function latestOf(items: readonly Readonly<Record<string, unknown>>[]): number {
  return Math.max(0, ...items.map((item) => Number(item['before'])));
}
