import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { auditDelivery } from '../../lambdas/adapters/audit-delivery.ts';
import type { AuditRecord } from '../../lambdas/core/ports/audit-trail.ts';

const time = '2026-11-21T07:59:59.999Z';
const retention = 90 * 86_400;

function deliveryOf(...ids: readonly string[]) {
  const logEvents = ids.map((id) => ({
    message: JSON.stringify({ message: 'audit', id, timestamp: time, type: 'token.issued', decision: 'allowed' }),
  }));
  const data = { messageType: 'DATA_MESSAGE', logEvents };
  return { awslogs: { data: gzipSync(JSON.stringify(data)).toString('base64') } };
}

/** A delivery whose steps note that they were done, but the one that fails. */
function deliver(failing?: 'trail' | 'bus' | 'books') {
  const done: string[] = [];
  const logged: string[] = [];
  const step = (name: string) => async () => {
    if (name === failing) throw new Error(`${name} away`);
    done.push(name);
  };
  const ends: number[] = [];
  const run = auditDelivery({
    trail: { write: step('trail') },
    publish: step('bus'),
    keepBooks: async (_: readonly AuditRecord[], end: number) => {
      ends.push(end);
      await step('books')();
    },
    retention,
    log: { error: (message) => void logged.push(message) },
  });
  return { run, done, logged, ends };
}

test('F-G3 the trail comes first, then the bus, then what is counted', async () => {
  const { run, done, logged, ends } = deliver();
  await run(deliveryOf('a', 'b'));
  expect(done).toEqual(['trail', 'bus', 'books']);
  expect(logged).toEqual([]);
  expect(ends).toEqual([Math.floor(Date.parse(time) / 1000) + retention]);
});

test('F-G3 what cannot be counted is logged and loses nothing: the delivery is not repeated', async () => {
  const { run, done, logged } = deliver('books');
  await run(deliveryOf('a'));
  expect(done).toEqual(['trail', 'bus']);
  expect(logged).toEqual(['usage was not counted']);
});

test.each(['trail', 'bus'] as const)('F-G3 a failure of the %s is thrown, and nothing was counted', async (step) => {
  const { run, done, logged } = deliver(step);
  await expect(run(deliveryOf('a'))).rejects.toThrow(`${step} away`);
  expect(done).not.toContain('books');
  expect(logged).toEqual(['audit events were not delivered']);
});

test('what the audit function logs of itself is no audit event', async () => {
  for (const step of ['trail', 'bus', 'books'] as const) {
    const { run, logged } = deliver(step);
    await run(deliveryOf('a')).catch(() => undefined);
    expect(logged).toHaveLength(1);
    expect(logged).not.toContain('audit');
  }
});

test('a delivery without events counts nothing', async () => {
  const { run, done } = deliver();
  await run(deliveryOf());
  expect(done).not.toContain('books');
});
