import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventBus } from '../../lambdas/adapters/event-bus.ts';
import type { AuditRecord } from '../../lambdas/core/ports/audit-trail.ts';
import type { LocalCloud } from './local-cloud.ts';
import { localCloud, region } from './local-cloud.ts';

let cloud: LocalCloud;
const records = Array.from({ length: 23 }, (_, index): AuditRecord => ({
  id: `event-${index}`,
  time: '2026-11-21T12:00:00.500Z',
  type: 'tool.called',
  decision: 'allowed',
}));

beforeAll(async () => {
  const Resource = `arn:aws:events:${region}:000000000000:event-bus/default`;
  cloud = await localCloud({ statements: [{ Effect: 'Allow', Action: 'events:PutEvents', Resource }] });
});
afterAll(() => cloud.remove());

test('F-G3 events are put on the default bus, ten at a time, each once', async () => {
  await eventBus(cloud.config)(records);
  const put = (await (await fetch(`${cloud.endpoint}/events`)).json()) as Record<string, unknown>[];
  expect(put.map(({ Detail }) => JSON.parse(String(Detail)) as unknown)).toEqual(records);
  expect(put[0]).toMatchObject({ Source: 'gatehouse', DetailType: 'tool.called', Time: 1_795_262_400.5 });
});

test('no records, no call', async () => {
  await eventBus({ ...cloud.config, endpoint: 'http://127.0.0.1:1' })([]);
});

test('F-G3 a role that may not put events is an error, not a silence', async () => {
  const poor = await localCloud({ statements: [] });
  await expect(eventBus(poor.config)(records)).rejects.toMatchObject({ kind: 'AccessDeniedException' });
  await poor.remove();
});
