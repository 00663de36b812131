import type { AuditPage, AuditPageRequest, AuditRecord } from '../../core/ports/audit-trail.ts';
import { auditQuery } from './audit-query.ts';
import { malformedCursor, readCursor, writeCursor } from './cursor.ts';
import type { DocumentClient } from './document-client.ts';

/** Days that are asked about for one page: three months of silence are one request. */
const mostQueries = 100;
/** Events that are looked at for one page before it is left short: two megabytes or so. */
const mostLooked = 4000;

/** A walk backwards through the days, one partition each; where it stopped is the cursor. */
export async function newestEvents(
  where: { readonly db: DocumentClient; readonly table: string },
  { oldest, ...page }: AuditPageRequest & { readonly oldest: number },
): Promise<AuditPage> {
  const owner = JSON.stringify(['day', page.where ?? {}, page.before]);
  const last = dayOf(oldest);
  const records: AuditRecord[] = [];
  // A sort key begins with its day, so it says where both the walk and the day go on.
  let before = page.cursor === undefined ? start(page) : positionOf(page.cursor, owner);
  let looked = 0;
  for (let queries = 0; before.slice(0, 10) >= last; queries++) {
    const left = page.limit - records.length;
    if (left === 0 || queries === mostQueries || looked >= mostLooked)
      return { records, cursor: writeCursor(before, owner) };
    const day = before.slice(0, 10);
    const slice = await auditQuery(where, `day#${day}`, before, { ...page, limit: left });
    records.push(...slice.records);
    looked += slice.looked;
    before = slice.before ?? endOfDay(dayBefore(day));
  }
  return { records };
}

/** Before the moment that is asked for; nothing is newer than today. */
function start({ now, before }: AuditPageRequest): string {
  const newest = endOfDay(dayOf(now));
  return before !== undefined && before < newest ? before : newest;
}

function positionOf(cursor: string, owner: string): string {
  const before = readCursor(cursor, owner);
  const day = /^\d{4}-\d\d-\d\d(?=[TU])/.exec(before)?.[0] ?? '';
  if (Number.isNaN(Date.parse(day))) throw malformedCursor();
  return before;
}

/** After every sort key of a day, and before those of the next. */
function endOfDay(day: string): string {
  return `${day}U`;
}

function dayOf(epochSeconds: number): string {
  return new Date(epochSeconds * 1000).toISOString().slice(0, 10);
}

function dayBefore(day: string): string {
  return dayOf(Date.parse(day) / 1000 - 86_400);
}
