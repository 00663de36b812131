import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { auditDelivery } from '../../lambdas/adapters/audit-delivery.ts';
import { dynamoAuditTrail } from '../../lambdas/adapters/dynamodb/audit-trail.ts';
import type { AuditRecord, AuditTrail } from '../../lambdas/core/ports/audit-trail.ts';
import { engines } from '../rig/engines.ts';
import type { Storage } from './tables.ts';
import { storageFor } from './tables.ts';

const start = Date.parse('2026-11-21T12:00:00.000Z');
const retention = 90 * 86_400;
let counter = 0;

function newRecord(changes: Partial<AuditRecord> = {}): AuditRecord {
  const number = counter++;
  const time = new Date(start + number * 1000).toISOString();
  return { id: `event-${number}`, time, type: 'token.issued', decision: 'allowed', ...changes };
}

const lineOf = ({ time, ...record }: AuditRecord) =>
  JSON.stringify({ level: 'INFO', message: 'audit', timestamp: time, function: 'token', ...record });

function deliveryOf(...messages: readonly string[]) {
  const data = { messageType: 'DATA_MESSAGE', logEvents: messages.map((message, id) => ({ id, message })) };
  return { awslogs: { data: gzipSync(JSON.stringify(data)).toString('base64') } };
}

describe.each(engines)('the audit trail in DynamoDB (%s)', (kind) => {
  let storage: Storage;
  let trail: AuditTrail;
  const now = start / 1000;

  beforeAll(async () => {
    storage = await storageFor(kind, 'Audit');
    trail = dynamoAuditTrail(storage.db, 'Audit');
  });
  afterAll(() => storage.stop());

  const deliver = async (delivery: ReturnType<typeof deliveryOf>, publish = async () => {}) =>
    auditDelivery({ trail, publish, keepBooks: async () => {}, retention, log: { error: () => {} } })(delivery);
  const idsOf = async (...query: Parameters<AuditTrail['find']>) =>
    (await trail.find(...query)).records.map(({ id }) => id);

  test('F-G3 an event is found by person, client, grant and trace id, and by no other value', async () => {
    const record = newRecord({ sub: 'ada', clientId: 'c#1', gid: 'g1', traceId: 't1', scopes: 'a b', reason: 'r' });
    await deliver(deliveryOf(lineOf(record)));
    for (const [by, value] of [
      ['sub', 'ada'],
      ['clientId', 'c#1'],
      ['gid', 'g1'],
      ['traceId', 't1'],
    ] as const) {
      expect(await trail.find(by, value, { limit: 10, now })).toEqual({ records: [record] });
      expect(await idsOf(by, `${value}2`, { limit: 10, now })).toEqual([]);
    }
    expect(await idsOf('sub', 'g1', { limit: 10, now })).toEqual([]);
  });

  test('F-G3 what comes twice is stored once: in one delivery, in two, and in two at the same time', async () => {
    const record = newRecord({ traceId: 'twice' });
    const delivery = deliveryOf(lineOf(record), lineOf(record));
    await deliver(delivery);
    await Promise.all([deliver(delivery), deliver(delivery)]);
    expect((await storage.all()).filter(({ about }) => about === 'traceId#twice')).toHaveLength(1);
  });

  test('F-G3 an event goes 90 days after it happened, and is not found any more though it is still there', async () => {
    const record = newRecord({ sub: 'gone' });
    await deliver(deliveryOf(lineOf(record)));
    const end = Math.floor(Date.parse(record.time) / 1000) + retention;
    expect((await storage.all()).find(({ id }) => id === record.id)).toMatchObject({ expiresAt: end });
    expect(await idsOf('sub', 'gone', { limit: 10, now: end - 1 })).toEqual([record.id]);
    expect(await idsOf('sub', 'gone', { limit: 10, now: end })).toEqual([]);
  });

  test('pages are newest first and complete; a cursor of another query is refused', async () => {
    const records = Array.from({ length: 60 }, () => newRecord({ clientId: 'busy' }));
    await deliver(deliveryOf(...records.map(lineOf)));
    const found: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await trail.find('clientId', 'busy', { limit: 25, now, ...(cursor !== undefined && { cursor }) });
      found.push(...page.records.map(({ id }) => id));
      cursor = page.cursor;
    } while (cursor !== undefined);
    expect(found).toEqual(records.map(({ id }) => id).toReversed());
    const first = await trail.find('clientId', 'busy', { limit: 1, now });
    await expect(trail.find('sub', 'busy', { limit: 1, now, cursor: first.cursor! })).rejects.toThrow(/cursor/);
  });

  test('F-G3 events about one value are filtered by what else they must be, through thousands of others', async () => {
    const records = Array.from({ length: 1200 }, (_, index) => {
      const rare = index % 600 === 0;
      return newRecord({ gid: 'filtered', type: rare ? 'tool.refused' : 'tool.called', tool: `tool-${index % 2}` });
    });
    await deliver(deliveryOf(...records.map(lineOf)));
    const where = { type: 'tool.refused' };
    const rare = records.filter(({ type }) => type === 'tool.refused').map(({ id }) => id);
    const first = await trail.find('gid', 'filtered', { limit: 10, now, where });
    const second = await trail.find('gid', 'filtered', { limit: 10, now, where, cursor: first.cursor });
    expect([...first.records, ...second.records].map(({ id }) => id)).toEqual(rare.toReversed());
    expect(second.cursor).toBeUndefined();
    expect(await idsOf('gid', 'filtered', { limit: 2, now, where: { tool: 'tool-1' } })).toEqual(
      records
        .slice(-3)
        .filter(({ tool }) => tool === 'tool-1')
        .map(({ id }) => id)
        .toReversed(),
    );
    expect(await idsOf('gid', 'filtered', { limit: 2, now, where: { ...where, tool: 'tool-1' } })).toEqual([]);
    // A cursor goes on with the same filters, and with no others.
    const cursor = first.cursor;
    await expect(trail.find('gid', 'filtered', { limit: 10, now, cursor })).rejects.toThrow(/cursor/);
  });

  test('a line that is no audit event keeps nothing back; what is not on the list is never written', async () => {
    const good = { ...newRecord({ sub: 'list' }), refresh_token: 'gr_x.y.1.z', body: { code: 'gc_x.y.z' } };
    const bad = ['audit', '{"message":"audit"', '{"message":"audit","id":7}', '{"message":"request answered"}', '[]'];
    await deliver(deliveryOf(...bad, lineOf(good)));
    expect(await idsOf('sub', 'list', { limit: 10, now })).toEqual([good.id]);
    expect(JSON.stringify(await storage.all())).not.toMatch(/g[rc]_x|refresh_token/);
  });

  test('what cannot be published is thrown, so that it is delivered again; the second time all is well', async () => {
    const record = newRecord({ sub: 'again' });
    const away = async () => {
      throw new Error('bus away');
    };
    await expect(deliver(deliveryOf(lineOf(record)), away)).rejects.toThrow('bus away');
    await deliver(deliveryOf(lineOf(record)));
    expect(await idsOf('sub', 'again', { limit: 10, now })).toEqual([record.id]);
  });

  test('a value that is longer than a key may be is found as the log wrote it', async () => {
    const clientId = `https://client.example/${'x'.repeat(3000)}`;
    const record = newRecord({ clientId: clientId.slice(0, 500) });
    await deliver(deliveryOf(lineOf(record)));
    expect(await idsOf('clientId', clientId, { limit: 10, now })).toEqual([record.id]);
  });
});
