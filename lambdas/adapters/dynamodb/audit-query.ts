import type { AuditFilters, AuditPageRequest, AuditRecord } from '../../core/ports/audit-trail.ts';
import { scrub } from '../scrub.ts';
import type { DocumentClient, Item } from './document-client.ts';

/** Events that are looked through for one page where they are filtered: a few hundred kilobytes. */
const mostLookedThrough = 1000;

/** Part of a partition. */
export interface AuditSlice {
  readonly records: readonly AuditRecord[];
  /** Sort key before which the rest of the partition begins. Absent: there is no rest. */
  readonly before?: string;
  /** Events that were looked at. */
  readonly looked: number;
}

/**
 * Events about one value, the newest first, from before a sort key.
 * @param about partition: dimension, `#`, value
 * @param before @default the newest of all
 */
export async function auditQuery(
  { db, table }: { readonly db: DocumentClient; readonly table: string },
  about: string,
  before: string | undefined,
  { limit, now, where = {} }: AuditPageRequest,
): Promise<AuditSlice> {
  const filters = Object.entries(where satisfies AuditFilters).filter(([, value]) => value !== undefined);
  const isFiltered = filters.length > 0;
  const {
    Items = [],
    LastEvaluatedKey,
    ScannedCount: looked = 0,
  } = await db.send('Query', {
    TableName: table,
    KeyConditionExpression: `#about = :about${before === undefined ? '' : ' AND #at < :before'}`,
    FilterExpression: ['#expiresAt > :now', ...filters.map(([name]) => `#${name} = :${name}`)].join(' AND '),
    ExpressionAttributeNames: {
      '#about': 'about',
      ...(before !== undefined && { '#at': 'at' }),
      '#expiresAt': 'expiresAt',
      ...Object.fromEntries(filters.map(([name]) => [`#${name}`, name])),
    },
    ExpressionAttributeValues: {
      ':about': about,
      ...(before !== undefined && { ':before': before }),
      ':now': now,
      // As the log wrote them.
      ...Object.fromEntries(filters.map(([name, value]) => [`:${name}`, scrub(value)])),
    },
    // One more than wanted tells whether there is more; what is filtered out counts, so then many are looked through.
    Limit: isFiltered ? mostLookedThrough : limit + 1,
    ScanIndexForward: false,
  });
  const wanted = Items.slice(0, limit);
  const rest = Items.length > limit ? wanted.at(-1)?.['at'] : LastEvaluatedKey?.['at'];
  return { looked, records: wanted.map(toRecord), ...(typeof rest === 'string' && { before: rest }) };
}

function toRecord({ about: _, at: __, expiresAt: ___, ...record }: Item): AuditRecord {
  return record as unknown as AuditRecord;
}
