import type { Page, PageRequest } from '../../core/page.ts';
import type { Consent } from '../../core/ports/consents.ts';
import type { ConsentList } from '../../core/ports/lists.ts';
import { deleteItem } from './conditional-write.ts';
import { malformedCursor, readCursor, writeCursor } from './cursor.ts';
import type { DocumentClient, Item } from './document-client.ts';
import { isPossibleKey } from './key.ts';
import { listItems } from './list-items.ts';
import { shelf } from './shelf.ts';

interface Where {
  readonly db: DocumentClient;
  readonly table: string;
}

/** Consents of the DynamoDB table `table`: one person's by the table itself, all others by its indexes. */
export function dynamoConsentList(db: DocumentClient, table: string): ConsentList {
  return {
    async list({ person, client }, page) {
      if (person !== undefined) return listOfPerson({ db, table }, person, client, page);
      const at = { db, name: 'Consents', table } as const;
      const { items, ...rest } = await listItems(
        client === undefined
          ? { ...at, index: 'byAge', partition: shelf }
          : { ...at, index: 'byClient', partition: client },
        page,
      );
      return { ...rest, items: items.map(toConsent) };
    },

    remove(sub, clientId, resource) {
      return deleteItem({ db, table, key: { sub, clientAndResource: `${clientId}#${resource}` } });
    },
  };
}

/** In the order of client ids, strongly consistent: what was just taken back is not shown again. */
async function listOfPerson(
  { db, table }: Where,
  person: string,
  client: string | undefined,
  { limit, cursor }: PageRequest,
): Promise<Page<Consent>> {
  const prefix = client === undefined ? '' : `${client}#`;
  if (!isPossibleKey({ sub: person, ...(prefix && { sort: prefix }) })) return { items: [] };
  const owner = `Consents#${JSON.stringify([person, prefix])}`;
  const start = cursor === undefined ? undefined : readCursor(cursor, owner);
  // A checksum is no signature: what is no key of this list must not become an error of DynamoDB.
  if (start !== undefined && !(start.startsWith(prefix) && isPossibleKey({ sub: person, start }))) {
    throw malformedCursor();
  }
  const { Items = [], LastEvaluatedKey: last } = await db.send('Query', {
    TableName: table,
    KeyConditionExpression: `#sub = :sub${prefix && ' AND begins_with(#sort, :prefix)'}`,
    ExpressionAttributeNames: { '#sub': 'sub', ...(prefix && { '#sort': 'clientAndResource' }) },
    ExpressionAttributeValues: { ':sub': person, ...(prefix && { ':prefix': prefix }) },
    Limit: limit,
    ConsistentRead: true,
    ...(start !== undefined && { ExclusiveStartKey: { sub: person, clientAndResource: start } }),
  });
  // A client id may hold a #, and then begins with another one and #.
  const items = Items.map(toConsent).filter(({ clientId }) => client === undefined || clientId === client);
  const next = last?.['clientAndResource'];
  return typeof next === 'string' ? { items, next: writeCursor(next, owner) } : { items };
}

/** Sets come as DynamoDB has them, without the empty ones. */
function toConsent(item: Item): Consent {
  const { sub, clientId, resource, scopes, redirectUris, updatedAt } = item as unknown as Consent;
  const members = (set: Iterable<string> | undefined): string[] => [...(set ?? [])].sort();
  return { sub, clientId, resource, scopes: members(scopes), redirectUris: members(redirectUris), updatedAt };
}
