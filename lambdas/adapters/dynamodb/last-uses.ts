import type { LastUses } from '../../core/ports/last-uses.ts';
import { putNewest } from '../../core/put-newest.ts';
import type { DocumentClient } from './document-client.ts';
import { isPossibleKey } from './key.ts';
import { isRefused } from './refused-condition.ts';

/** Seconds between two notes about the same: a write for each call would cost more than the call. */
const interval = 300;
/** Of how many it is remembered when they were noted; the oldest goes first. */
const room = 10_000;

/** Last uses as `lastUsedAt` of the items themselves (docs/storage.md). */
export function dynamoLastUses(
  db: DocumentClient,
  table: { readonly Clients: string; readonly Grants: string },
): LastUses {
  const noted = new Map<string, number>();
  const places = {
    client: { table: table.Clients, keyName: 'clientId' },
    grant: { table: table.Grants, keyName: 'gid' },
  } as const;

  return {
    async note(of, id, at) {
      const { table: TableName, keyName } = places[of];
      const name = `${of}#${id}`;
      if ((noted.get(name) ?? -Infinity) > at - interval || !isPossibleKey({ id })) return;
      try {
        await db.send('UpdateItem', {
          TableName,
          Key: { [keyName]: id },
          // Not by updateItem: another `writeId` would make the lost answer of a rotation look like a replay.
          UpdateExpression: 'SET #lastUsedAt = :at',
          ConditionExpression:
            'attribute_exists(#key) AND (attribute_not_exists(#lastUsedAt) OR #lastUsedAt <= :before)',
          ExpressionAttributeNames: { '#key': keyName, '#lastUsedAt': 'lastUsedAt' },
          ExpressionAttributeValues: { ':at': at, ':before': at - interval },
        });
      } catch (error) {
        if (!isRefused(error)) throw error;
      }
      putNewest(noted, name, at, room);
    },
  };
}
