import type { ApiKey } from '../../core/api-key.ts';
import type { ApiKeys } from '../../core/ports/api-keys.ts';
import { createUnlessThere, findItem, updateItem } from './conditional-write.ts';
import type { DocumentClient, Item } from './document-client.ts';
import { listItems } from './list-items.ts';
import { withoutMarks } from './marks.ts';
import { shelf } from './shelf.ts';

/** API keys in the DynamoDB table `table` (docs/storage.md). */
export function dynamoApiKeys(db: DocumentClient, table: string): ApiKeys {
  const at = (keyId: string) => ({ db, table, key: { keyId } });

  return {
    async create(key) {
      const other = await createUnlessThere(at(key.keyId), { ...key, shelf });
      return other && toKey(other);
    },

    async find(keyId) {
      const item = await findItem(at(keyId));
      return item && toKey(item);
    },

    async revoke(keyId, by, now) {
      // The first revocation stays as it was written.
      const changes = { setOnce: { revokedAt: now, revokedBy: by } };
      return (await updateItem(at(keyId), changes, [{ test: 'exists', name: 'keyId' }])).ok;
    },

    async noteUse(keyId, address, now, interval) {
      const changes = { set: { lastUsedAt: now, ...(address !== undefined && { lastUsedFrom: address }) } };
      await updateItem({ ...at(keyId), writeOnly: true }, changes, [
        { test: 'exists', name: 'keyId' },
        { test: 'belowOrMissing', name: 'lastUsedAt', value: now - interval },
      ]);
    },

    async list({ owner }, page) {
      const all = { db, name: 'ApiKeys', table } as const;
      const { items, ...rest } = await listItems(
        owner === undefined
          ? { ...all, index: 'byAge', partition: shelf }
          : { ...all, index: 'byOwner', partition: owner },
        page,
      );
      return { ...rest, items: items.map(toKey) };
    },
  };
}

function toKey(item: Item): ApiKey {
  return withoutMarks(item) as unknown as ApiKey;
}
