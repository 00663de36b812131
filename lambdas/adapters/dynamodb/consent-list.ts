import type { Consent } from '../../core/ports/consents.ts';
import type { ConsentList } from '../../core/ports/lists.ts';
import type { Page, PageRequest } from '../../core/page.ts';
import { deleteItem } from './conditional-write.ts';
import { readCursor, writeCursor } from './cursor.ts';
import type { DocumentClient, Item } from './document-client.ts';
import { listItems } from './list-items.ts';
import { shelf } from './shelf.ts';

/** Consents of the DynamoDB table `table`: one person's by the table itself, in the order of client ids, others by its indexes. */
export function dynamoConsentList(db: DocumentClient, table: string): ConsentList {
  return {
    async list({ person, client }, page) {
      if (person !== undefined) return listOfPerson({ db, table }, { person, client }, page);
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

async function listOfPerson(
  { db, table }: { readonly db: DocumentClient; readonly table: string },
  { person, client }: { readonly person: string; readonly client: string | undefined },
  { limit, cursor }: PageRequest,
): Promise<Page<Consent>> {
  const owner = `Consents#${person}`;
  const { Items = [], LastEvaluatedKey: last } = await db.send('Query', {
    TableName: table,
    KeyConditionExpression: `#sub = :sub${client === undefined ? '' : ' AND begins_with(#sort, :client)'}`,
    ExpressionAttributeNames: { '#sub': 'sub', ...(client !== undefined && { '#sort': 'clientAndResource' }) },
    ExpressionAttributeValues: { ':sub': person, ...(client !== undefined && { ':client': `${client}#` }) },
    Limit: limit,
    ConsistentRead: true,
    ...(cursor !== undefined && { ExclusiveStartKey: { sub: person, clientAndResource: readCursor(cursor, owner) } }),
  });
  const items = Items.map(toConsent);
  const next = last?.['clientAndResource'];
  return typeof next === 'string' ? { items, next: writeCursor(next, owner) } : { items };
}

function toConsent(item: Item): Consent {
  const { sub, clientId, resource, scopes, redirectUris, updatedAt } = item as unknown as Consent & {
    readonly scopes?: unknown;
    readonly redirectUris?: unknown;
  };
  const members = (set: unknown): string[] => [...((set ?? []) as Iterable<string>)].sort();
  return { sub, clientId, resource, scopes: members(scopes), redirectUris: members(redirectUris), updatedAt };
}
