import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writeCursor } from '../../lambdas/adapters/dynamodb/cursor.ts';
import { dynamoAuditTrail } from '../../lambdas/adapters/dynamodb/audit-trail.ts';
import type { AuditFilters, AuditRecord, AuditTrail } from '../../lambdas/core/ports/audit-trail.ts';
import { engines } from '../rig/engines.ts';
import type { Storage } from './tables.ts';
import { storageFor } from './tables.ts';

const now = Date.parse('2026-11-21T12:00:00.000Z') / 1000;
const day = 86_400;
let counter = 0;

describe.each(engines)('the newest events in DynamoDB (%s)', (kind) => {
  let storage: Storage;
  let trail: AuditTrail;
  /** Newest first: a minute ago, 2 days of a hundred each, and one each 40 and 80 days ago. */
  const records: AuditRecord[] = [];

  beforeAll(async () => {
    storage = await storageFor(kind, 'Audit');
    trail = dynamoAuditTrail(storage.db, 'Audit');
    const record = (age: number, changes: Partial<AuditRecord> = {}): void => {
      const time = new Date((now - age) * 1000).toISOString();
      records.push({ id: `event-${counter++}`, time, type: 'token.issued', decision: 'allowed', ...changes });
    };
    record(60, { type: 'client.deleted' });
    for (let index = 0; index < 200; index++) record(day + index * 860, { server: index % 50 === 0 ? 'rare' : 'todo' });
    record(40 * day, { server: 'rare' });
    record(80 * day, { server: 'rare', decision: 'refused' });
    record(95 * day, { server: 'rare', id: 'gone' });
    await trail.write(records, ({ time }) => Date.parse(time) / 1000 + 90 * day);
    records.pop();
  });
  afterAll(() => storage.stop());

  async function walk(limit: number, where?: AuditFilters): Promise<{ ids: string[]; pages: number }> {
    const ids: string[] = [];
    let cursor: string | undefined;
    for (let pages = 1; pages < 300; pages++) {
      const page = await trail.newest({ limit, now, oldest: now - 90 * day, where, cursor });
      expect(page.records.length).toBeLessThanOrEqual(limit);
      ids.push(...page.records.map(({ id }) => id));
      cursor = page.cursor;
      if (cursor === undefined) return { ids, pages };
    }
    throw new Error('no end');
  }
  const idsOf = (some: readonly AuditRecord[]): string[] => some.map(({ id }) => id);

  test.each([1, 7, 100])('F-G3 pages of %s hold every event of all days once, the newest first', async (limit) => {
    expect((await walk(limit)).ids).toEqual(idsOf(records));
  });

  test('F-G3 filters hold across days, and months of silence take few requests', async () => {
    const { ids, pages } = await walk(100, { server: 'rare' });
    expect(ids).toEqual(idsOf(records.filter(({ server }) => server === 'rare')));
    expect(pages).toBeLessThanOrEqual(4);
    expect((await walk(100, { server: 'rare', decision: 'refused' })).ids).toEqual(idsOf(records.slice(-1)));
    expect((await walk(100, { server: 'unknown' })).ids).toEqual([]);
  });

  test('a cursor of other filters, or one that was mangled, is refused by name', async () => {
    const page = { limit: 5, now, oldest: now - 90 * day };
    const { cursor = '' } = await trail.newest(page);
    const forged = ['x', '9999999999', '2026-99-99T', '2026-11-21'].map((text) => writeCursor(text, '["day",{}]'));
    for (const wrong of ['', 'x', `${cursor}x`, ...forged]) {
      await expect(trail.newest({ ...page, cursor: wrong })).rejects.toThrow(/cursor/);
    }
    await expect(trail.newest({ ...page, cursor, where: { server: 'todo' } })).rejects.toThrow(/cursor/);
    await expect(trail.find('sub', 'ada', { ...page, cursor })).rejects.toThrow(/cursor/);
  });
});
