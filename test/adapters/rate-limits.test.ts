import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dynamoRateLimits } from '../../lambdas/adapters/dynamodb/rate-limits.ts';
import { bucketOf } from '../../lambdas/core/rate-limit/bucket.ts';
import type { RateLimits, Taken } from '../../lambdas/core/ports/rate-limits.ts';
import { engines } from '../rig/engines.ts';
import type { Storage } from './tables.ts';
import { storageFor, twentyTimes } from './tables.ts';

const now = 1_800_000_000;
const limit = { rps: 2, burst: 10 };
let counter = 0;
const fresh = () => `token/2/10#${counter++}`;
const sum = (answers: readonly Taken[]) => answers.reduce((total, { tokens }) => total + tokens, 0);

describe.each(engines)('AS-73 token buckets in DynamoDB (%s)', (kind) => {
  let storage: Storage;
  let buckets: RateLimits;

  beforeAll(async () => {
    storage = await storageFor(kind, 'RateLimits');
    buckets = dynamoRateLimits(storage.db, 'RateLimits');
  });
  afterAll(() => storage.stop());

  test('of twenty takers at once exactly as many get a token as there are', async () => {
    const key = fresh();
    const answers = await twentyTimes(() => buckets.take(key, 1, limit, now, 0));
    expect(sum(answers)).toBe(10);
    expect(sum(await twentyTimes(() => buckets.take(key, 1, limit, now + 2, 0)))).toBe(4);
  });

  test('twenty takers of leases of different sizes never get more together than there is', async () => {
    const key = fresh();
    const answers = await twentyTimes((index) => buckets.take(key, (index % 7) + 1, limit, now, 0));
    expect(sum(answers)).toBeLessThanOrEqual(10);
    expect(sum(answers)).toBeGreaterThan(0);
  });

  test('a taker gets what is there, then nothing until the next token is back, and never more than the bucket holds', async () => {
    const key = fresh();
    const first = await buckets.take(key, 7, limit, now, 0);
    expect(first.tokens).toBe(7);
    const second = await buckets.take(key, 7, limit, now, first.fullAt);
    expect(second.tokens).toBe(3);
    expect(await buckets.take(key, 1, limit, now, 0)).toEqual({ tokens: 0, fullAt: second.fullAt });
    expect(bucketOf(limit).secondsToWait(now, second.fullAt)).toBe(1);
    expect((await buckets.take(key, 9, limit, now + 1, 0)).tokens).toBe(2);
    expect((await buckets.take(key, 99, limit, now + 99, 0)).tokens).toBe(10);
  });

  test('what memory says is gone costs no call', async () => {
    const key = fresh();
    const { fullAt } = await buckets.take(key, 10, limit, now, 0);
    await storage.db.send('DeleteItem', { TableName: 'RateLimits', Key: { id: key } });
    expect(await buckets.take(key, 1, limit, now, fullAt)).toEqual({ tokens: 0, fullAt });
    expect((await storage.all()).some(({ id }) => id === key)).toBe(false);
  });

  test('an item that DynamoDB deleted meanwhile is a full bucket', async () => {
    const key = fresh();
    const { fullAt } = await buckets.take(key, 4, limit, now, 0);
    await storage.db.send('DeleteItem', { TableName: 'RateLimits', Key: { id: key } });
    expect((await buckets.take(key, 4, limit, now, fullAt)).tokens).toBe(4);
  });

  test('an item holds no name of anybody, and ends a minute after its bucket is full', async () => {
    const key = fresh();
    await buckets.take(key, 1, limit, now, 0);
    const stored = (await storage.all()).find(({ id }) => id === key);
    expect(stored).toEqual({ id: key, fullAt: now * 1e6 + 500_000, expiresAt: now + 65, writeId: expect.any(String) });
  });
});
