import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dynamoReplay } from '../../lambdas/adapters/dynamodb/replay.ts';
import type { Replay } from '../../lambdas/core/ports/replay.ts';
import { engines } from '../rig/engines.ts';
import type { Storage } from './tables.ts';
import { storageFor, twentyTimes } from './tables.ts';

const now = 1_800_000_000;
let counter = 0;
const fresh = () => `client-assertion#${counter++}`;

describe.each(engines)('AS-70 spent ids in DynamoDB (%s)', (kind) => {
  let storage: Storage;
  let replay: Replay;

  beforeAll(async () => {
    storage = await storageFor(kind, 'Replay');
    replay = dynamoReplay(storage.db, 'Replay');
  });
  afterAll(() => storage.stop());

  test('of twenty uses at once exactly one counts', async () => {
    const id = fresh();
    const answers = await twentyTimes(() => replay.spend(id, now + 60, now));
    expect(answers.filter(Boolean)).toHaveLength(1);
    expect(await replay.spend(id, now + 600, now)).toBe(false);
  });

  test('another id is another thing', async () => {
    expect(await replay.spend(fresh(), now + 60, now)).toBe(true);
    expect(await replay.spend(fresh(), now + 60, now)).toBe(true);
  });

  test('an item that has expired does not count, though DynamoDB has not deleted it yet; it can be spent once again', async () => {
    const id = fresh();
    expect(await replay.spend(id, now + 60, now)).toBe(true);
    expect(await replay.spend(id, now + 120, now + 59)).toBe(false);
    const answers = await twentyTimes(() => replay.spend(id, now + 120, now + 60));
    expect(answers.filter(Boolean)).toHaveLength(1);
    expect(await storage.all()).toContainEqual(expect.objectContaining({ id, expiresAt: now + 120 }));
  });

  test('a refused use does not shorten or lengthen the memory', async () => {
    const id = fresh();
    await replay.spend(id, now + 60, now);
    await replay.spend(id, now + 9999, now);
    expect(await storage.all()).toContainEqual(expect.objectContaining({ id, expiresAt: now + 60 }));
  });

  test('fractions of a second are rounded so that nothing is forgotten early', async () => {
    const id = fresh();
    expect(await replay.spend(id, now + 60.2, now)).toBe(true);
    expect(await replay.spend(id, now + 90, now + 60.9)).toBe(false);
  });
});
