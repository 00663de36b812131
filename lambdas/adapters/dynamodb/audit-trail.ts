import type { AuditDimension, AuditRecord, AuditTrail } from '../../core/ports/audit-trail.ts';
import { scrub } from '../scrub.ts';
import { auditQuery } from './audit-query.ts';
import { newestEvents } from './newest-events.ts';
import { readCursor, writeCursor } from './cursor.ts';
import type { DocumentClient, Item } from './document-client.ts';

const dimensions = ['sub', 'clientId', 'gid', 'traceId'] as const satisfies readonly AuditDimension[];

/** Writes at the same time. */
const parallel = 25;

/** Audit records in the DynamoDB table `table`: one item for each dimension that an event has (docs/storage.md). */
export function dynamoAuditTrail(db: DocumentClient, table: string): AuditTrail {
  return {
    async find(by, value, page) {
      const about = aboutOf(by, value);
      const owner = JSON.stringify([about, page.where ?? {}, page.before]);
      const start = page.cursor === undefined ? page.before : readCursor(page.cursor, owner);
      const { records, before } = await auditQuery({ db, table }, about, start, page);
      return before === undefined ? { records } : { records, cursor: writeCursor(before, owner) };
    },

    newest: (page) => newestEvents({ db, table }, page),

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
  const { time, id } = record;
  const abouts = dimensions.flatMap((by) => {
    const value = record[by];
    return value === undefined || value === '' ? [] : [aboutOf(by, value)];
  });
  const all = [...abouts, `day#${time.slice(0, 10)}`];
  return all.map((about) => ({ ...record, about, at: `${time}#${id}`, expiresAt }));
}

/** As the log writes values: cut, and without what looks like a secret. */
function aboutOf(by: AuditDimension, value: string): string {
  return `${by}#${scrub(value)}`;
}
