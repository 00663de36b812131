import { createHash } from 'node:crypto';
import type { Revocations, RevocationTarget } from '../../core/ports/revocations.ts';
import { updateItem } from './conditional-write.ts';
import type { DocumentClient, Item } from './document-client.ts';

/** Revocations in the DynamoDB table `table`: one item a target (docs/storage.md). */
export function dynamoRevocations(db: DocumentClient, table: string): Revocations {
  async function latestOfEach(targets: readonly RevocationTarget[]): Promise<readonly number[]> {
    const ids = targets.map(revocationId);
    const [items = []] = await db.batchGet([{ table, keys: ids.map((id) => ({ id })) }]);
    const seconds = secondsOf(items);
    return ids.map((id) => seconds.get(id) ?? 0);
  }

  return {
    async revoke(target, before) {
      const at = { db, table, key: { id: revocationId(target) }, writeOnly: true };
      // A later one, if there is one, says more: nothing is lost by leaving it.
      await updateItem(at, { set: { before } }, [{ test: 'belowOrMissing', name: 'before', value: before }]);
    },

    async latest(targets) {
      return Math.max(0, ...(await latestOfEach(targets)));
    },

    latestOfEach,
  };
}

/** Key of a target. A digest, so that it has room for any name, no name passes for two, and nobody's is kept for ever. */
export function revocationId(target: RevocationTarget): string {
  const { kind, ...names } = target;
  const text = JSON.stringify(
    'sub' in names ? [names.sub, 'clientId' in names ? names.clientId : ''] : [names.clientId],
  );
  return `${kind}#${createHash('sha256').update(text).digest('base64url')}`;
}

/** The seconds of stored revocations by key. */
export function secondsOf(items: readonly Item[]): ReadonlyMap<string, number> {
  return new Map(items.map((item) => [String(item['id']), Number(item['before'])]));
}
