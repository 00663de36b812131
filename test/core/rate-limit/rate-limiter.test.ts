import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { documentClient } from '../../../lambdas/adapters/dynamodb/document-client.ts';
import { dynamoRateLimits } from '../../../lambdas/adapters/dynamodb/rate-limits.ts';
import { tables } from '../../../lambdas/contract/tables.ts';
import type { RateLimits } from '../../../lambdas/core/ports/rate-limits.ts';
import { freeRequests, rateLimiter } from '../../../lambdas/core/rate-limit/rate-limiter.ts';
import type { TestEngine } from '../../rig/engines.ts';
import { engines, startEngine } from '../../rig/engines.ts';
import { HandClock } from '../fixtures.ts';

let engine: TestEngine;
let store: RateLimits;
/** Takings that reached the store. */
let takings = 0;
beforeAll(async () => {
  const [kind] = engines;
  if (!kind) throw new Error('no DynamoDB engine is installed');
  engine = await startEngine(kind, [{ name: 'RateLimits', ...tables.RateLimits }]);
  const real = dynamoRateLimits(documentClient(engine.config), 'RateLimits');
  store = {
    take: (...asked) => {
      takings += 1;
      return real.take(...asked);
    },
  };
});
afterAll(() => engine.stop());

let people = 0;
const somebody = () => `somebody ${people++}`;
const outages: unknown[] = [];
const instance = (clock: HandClock, rateLimits = store, maxEntries = 100) =>
  rateLimiter({ rateLimits, clock, maxEntries, onOutage: (error) => outages.push(error) });

/** Asks so often in one second. @returns how many passed */
async function passed(ask: () => Promise<number>, times: number): Promise<number> {
  let count = 0;
  for (let index = 0; index < times; index += 1) if ((await ask()) === 0) count += 1;
  return count;
}

describe('AS-73 a limit', () => {
  test('whose burst is small is exact on one instance: burst at once, then rps, and no more after a pause than burst', async () => {
    const clock = new HandClock();
    const limit = { rps: 2.5, burst: 4 };
    const [limiter, who] = [instance(clock), somebody()];
    const ask = () => limiter('test', who, limit);
    expect(freeRequests(limit)).toBe(0);
    expect(await passed(ask, 20)).toBe(4);
    const counts = [];
    for (let second = 0; second < 6; second += 1) {
      clock.forward(1);
      counts.push(await passed(ask, 20));
    }
    expect(counts).toEqual([2, 3, 2, 3, 2, 3]);
    clock.forward(1000);
    expect(await passed(ask, 20)).toBe(4);
  });

  test('names the seconds after which a request passes, and not one less', async () => {
    const clock = new HandClock();
    const limit = { rps: 0.1, burst: 1 };
    const [limiter, who] = [instance(clock), somebody()];
    expect(await limiter('test', who, limit)).toBe(0);
    const wait = await limiter('test', who, limit);
    expect(wait).toBe(10);
    clock.forward(wait - 1);
    expect(await limiter('test', who, limit)).toBe(1);
    clock.forward(1);
    expect(await limiter('test', who, limit)).toBe(0);
  });

  test('of one caller, class or number says nothing about another', async () => {
    const limiter = instance(new HandClock());
    const limit = { rps: 1, burst: 1 };
    const [one, other] = [somebody(), somebody()];
    expect(await passed(() => limiter('test', one, limit), 2)).toBe(1);
    expect(await limiter('test', other, limit)).toBe(0);
    expect(await limiter('other', one, limit)).toBe(0);
    expect(await limiter('test', one, { rps: 1, burst: 2 })).toBe(0);
  });

  test('twenty requests at once on twenty instances get no more than there is', async () => {
    const clock = new HandClock();
    const limit = { rps: 1, burst: 4 };
    const who = somebody();
    const instances = Array.from({ length: 20 }, () => instance(clock));
    const waits = await Promise.all(instances.map((limiter) => limiter('test', who, limit)));
    expect(waits.filter((wait) => wait === 0)).toHaveLength(4);
    expect(Math.min(...waits.filter((wait) => wait > 0))).toBe(1);
  });

  const limits = fc.record({ rps: fc.integer({ min: 1, max: 40 }), room: fc.integer({ min: 0, max: 60 }) });
  const steps = fc.array(
    fc.record({
      on: fc.integer({ min: 0, max: 3 }),
      times: fc.integer({ min: 1, max: 12 }),
      pause: fc.constantFrom(0, 0, 0, 1, 1, 2, 7),
    }),
    { minLength: 5, maxLength: 30 },
  );

  test('holds over any interleaving of four instances: in every window burst + rps × t, and the free requests', async () => {
    const story = fc.asyncProperty(limits, steps, async ({ rps, room }, asked) => {
      const limit = { rps: rps / 4, burst: Math.max(1, Math.ceil(rps / 4)) + room };
      const clock = new HandClock();
      const who = somebody();
      const instances = Array.from({ length: 4 }, () => instance(clock));
      const start = clock.now();
      const bySecond: number[] = [];
      for (const { on, times, pause } of asked) {
        clock.forward(pause);
        const limiter = instances[on]!;
        const waits = await Promise.all(Array.from({ length: times }, () => limiter('test', who, limit)));
        const second = clock.now() - start;
        bySecond[second] = (bySecond[second] ?? 0) + waits.filter((wait) => wait === 0).length;
      }
      for (let from = 0; from < bySecond.length; from += 1) {
        let sum = 0;
        for (let to = from; to < bySecond.length; to += 1) {
          sum += bySecond[to] ?? 0;
          const minutes = Math.floor((to - from) / 60) + 2;
          const free = instances.length * freeRequests(limit) * minutes;
          expect(sum).toBeLessThanOrEqual(limit.burst + limit.rps * (to - from) + free);
        }
      }
    });
    await fc.assert(story, { numRuns: 60 });
  });
});

describe('F-E4 what counting costs', () => {
  const limit = { rps: 20, burst: 100 };

  test('nothing for a caller who comes now and then', async () => {
    const [limiter, who] = [instance(new HandClock()), somebody()];
    takings = 0;
    expect(await passed(() => limiter('test', who, limit), 20)).toBe(20);
    expect(takings).toBe(0);
  });

  test('one write a second for a steady caller', async () => {
    const clock = new HandClock();
    const [limiter, who] = [instance(clock), somebody()];
    for (let second = 0; second < 3; second += 1, clock.forward(1)) await passed(() => limiter('test', who, limit), 15);
    takings = 0;
    for (let second = 0; second < 20; second += 1, clock.forward(1)) {
      expect(await passed(() => limiter('test', who, limit), 15)).toBe(15);
    }
    expect(takings).toBe(20);
  });

  test('a flood is refused from memory: two takings a second, most of them', async () => {
    const clock = new HandClock();
    const [limiter, who] = [instance(clock), somebody()];
    await passed(() => limiter('test', who, limit), 500);
    takings = 0;
    for (let second = 0; second < 10; second += 1) {
      clock.forward(1);
      expect(await passed(() => limiter('test', who, limit), 500)).toBe(20);
    }
    expect(takings).toBeLessThanOrEqual(20);
  });
});

describe('AS-73 what an attacker would try', () => {
  test('many names: memory is bounded, and a caller who was forgotten is still counted in the table', async () => {
    const clock = new HandClock();
    const limit = { rps: 1, burst: 4 };
    const [limiter, who] = [instance(clock, store, 10), somebody()];
    expect(await passed(() => limiter('test', who, limit), 9)).toBe(4);
    for (let index = 0; index < 11; index += 1) await limiter('test', somebody(), limit);
    expect(await passed(() => limiter('test', who, limit), 9)).toBe(0);
  });

  test('a store that fails closes nobody out, is told of once and left alone for ten seconds', async () => {
    const clock = new HandClock();
    let asked = 0;
    const failing: RateLimits = {
      take: () => {
        asked += 1;
        return Promise.reject(new Error('no table'));
      },
    };
    const limiter = instance(clock, failing);
    const limit = { rps: 1, burst: 1 };
    outages.length = 0;
    expect(await passed(() => limiter('test', 'somebody', limit), 50)).toBe(50);
    clock.forward(9);
    expect(await passed(() => limiter('test', 'somebody', limit), 50)).toBe(50);
    expect([asked, outages.length]).toEqual([1, 1]);
    clock.forward(1);
    await limiter('test', 'somebody', limit);
    expect(asked).toBe(2);
  });
});
