import type { Client } from '../../core/client.ts';
import type { ClientList } from '../../core/ports/lists.ts';
import type { DocumentClient } from './document-client.ts';
import { isPossibleKey } from './key.ts';
import { listItems } from './list-items.ts';
import { withoutMarks } from './marks.ts';
import { shelf } from './shelf.ts';

/** Clients of the DynamoDB table `table`, by its index. */
export function dynamoClientList(db: DocumentClient, table: string): ClientList {
  return {
    async list({ kind }, page, now) {
      const { items, ...rest } = await listItems(
        { db, name: 'Clients', table, index: 'byAge', partition: shelf },
        page,
      );
      const clients = items as unknown as Client[];
      const isWanted = (client: Client): boolean => isAlive(client, now) && (kind ?? client.kind) === client.kind;
      return { ...rest, items: clients.filter(isWanted) };
    },

    async findAll(clientIds, now) {
      const keys = clientIds.map((clientId) => ({ clientId })).filter(isPossibleKey);
      const [items = []] = await db.batchGet([{ table, keys }]);
      return items.map((item) => withoutMarks(item) as unknown as Client).filter((client) => isAlive(client, now));
    },
  };
}

function isAlive({ expiresAt }: Client, now: number): boolean {
  return (expiresAt ?? Infinity) > now;
}
