import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dynamoUsage } from '../../lambdas/adapters/dynamodb/usage.ts';
import type { Usage } from '../../lambdas/core/ports/usage.ts';
import { engines } from '../rig/engines.ts';
import type { Storage } from './tables.ts';
import { storageFor, twentyTimes } from './tables.ts';

const end = 1_800_000_000;

describe.each(engines)('usage counters in DynamoDB (%s)', (kind) => {
  let storage: Storage;
  let usage: Usage;

  beforeAll(async () => {
    storage = await storageFor(kind, 'Usage');
    usage = dynamoUsage(storage.db, 'Usage');
  });
  afterAll(() => storage.stop());

  test('F-D4 what is added at the same time adds up, in each series for itself', async () => {
    const counts = [
      { name: '07#call', count: 3 },
      { name: '07#refusal#grant_dead', count: 1 },
    ];
    await twentyTimes(() => usage.add('hours#2026-11-21', counts, end));
    await usage.add('hours#2026-11-22', [{ name: '07#call', count: 1 }], end);
    expect(await usage.read('hours#2026-11-21')).toEqual([
      { name: '07#call', count: 60 },
      { name: '07#refusal#grant_dead', count: 20 },
    ]);
    expect(await usage.read('hours#2026-11-2')).toEqual([]);
    expect((await storage.all()).every(({ expiresAt }) => expiresAt === end)).toBe(true);
  });

  test('F-D4 the largest of hundreds come first, also after they grew', async () => {
    const counts = Array.from({ length: 300 }, (_, index) => ({ name: `client-${index}`, count: index + 1 }));
    await usage.add('clients#2026-11', counts, end);
    await usage.add('clients#2026-12', [{ name: 'another month', count: 9999 }], end);
    await usage.add('clients#2026-11', [{ name: 'client-7', count: 1000 }], end);
    expect(await usage.top('clients#2026-11', 3)).toEqual([
      { name: 'client-7', count: 1008 },
      { name: 'client-299', count: 300 },
      { name: 'client-298', count: 299 },
    ]);
    expect(await usage.top('clients#2027-01', 3)).toEqual([]);
    expect(await usage.read('clients#2026-11')).toHaveLength(300);
  });
});
