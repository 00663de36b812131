import type { Grant } from '../../core/grant.ts';
import type { SessionList } from '../../core/ports/lists.ts';
import type { DocumentClient } from './document-client.ts';
import { listItems } from './list-items.ts';
import { shelf } from './shelf.ts';

/** Live grants of the DynamoDB table `table`, by its indexes. */
export function dynamoSessionList(db: DocumentClient, table: string): SessionList {
  return {
    async list({ person, client }, page, now) {
      const at = { db, name: 'Grants', table } as const;
      const listing =
        person !== undefined
          ? ({ ...at, index: 'byPerson', partition: person } as const)
          : client !== undefined
            ? ({ ...at, index: 'byClient', partition: client } as const)
            : ({ ...at, index: 'byAge', partition: shelf } as const);
      const { items, ...rest } = await listItems(listing, page);
      const grants = items as unknown as Grant[];
      const isWanted = (grant: Grant): boolean =>
        grant.state === 'active' && grant.expiresAt > now && (client === undefined || grant.clientId === client);
      return { ...rest, items: grants.filter(isWanted) };
    },
  };
}
