import type { AuditDimension, AuditRecord, AuditTrail } from '../../core/ports/audit-trail.ts';
import { scrub } from '../scrub.ts';
import { readCursor, writeCursor } from './cursor.ts';
import type { DocumentClient, Item } from './document-client.ts';

const dimensions = ['sub', 'clientId', 'gid', 'traceId'] as const satisfies readonly AuditDimension[];

/** Writes at the same time. */
const parallel = 25;

/** Audit records in the DynamoDB table `table`: one item for each dimension that an event has (docs/storage.md). */
export function dynamoAuditTrail(db: DocumentClient, table: string): AuditTrail {
  return {
    async find(by, value, { limit, cursor, now }) {
      const about = aboutOf(by, value);
      const { Items = [], LastEvaluatedKey } = await db.send('Query', {
        TableName: table,
        KeyConditionExpression: '#about = :about',
        FilterExpression: '#expiresAt > :now',
        ExpressionAttributeNames: { '#about': 'about', '#expiresAt': 'expiresAt' },
        ExpressionAttributeValues: { ':about': about, ':now': now },
        Limit: limit,
        ScanIndexForward: false,
        ...(cursor !== undefined && { ExclusiveStartKey: { about, at: readCursor(cursor, about) } }),
      });
      const records = Items.map(toRecord);
      const last = LastEvaluatedKey?.['at'];
      return typeof last === 'string' ? { records, cursor: writeCursor(last, about) } : { records };
    },

    async write(records, expiresAt) {
      const items = records.flatMap((record) => itemsOf(record, expiresAt(record)));
      for (let start = 0; start < items.length; start += parallel) {
        const some = items.slice(start, start + parallel);
        // The key is the event's own, so that a second delivery overwrites each item with itself.
        await Promise.all(some.map((Item) => db.send('PutItem', { TableName: table, Item })));
      }
    },
  };
}

function itemsOf(record: AuditRecord, expiresAt: number): Item[] {
  return dimensions.flatMap((by) => {
    const value = record[by];
    if (value === undefined || value === '') return [];
    return [{ ...record, about: aboutOf(by, value), at: `${record.time}#${record.id}`, expiresAt }];
  });
}

/** As the log writes values: cut, and without what looks like a secret. */
function aboutOf(by: AuditDimension, value: string): string {
  return `${by}#${scrub(value)}`;
}

function toRecord({ about: _, at: __, expiresAt: ___, ...record }: Item): AuditRecord {
  return record as unknown as AuditRecord;
}
