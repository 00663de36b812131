import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dynamoNames } from '../../lambdas/adapters/dynamodb/names.ts';
import type { Names } from '../../lambdas/core/ports/names.ts';
import { engines } from '../rig/engines.ts';
import type { Storage } from './tables.ts';
import { storageFor, twentyTimes } from './tables.ts';

const now = 1_800_000_000;
const stays = async () => false;
const isGone = async () => true;

describe.each(engines)('F-D2 names that two must not share (%s)', (kind) => {
  let storage: Storage;
  let names: Names;
  beforeAll(async () => {
    storage = await storageFor(kind, 'Names');
    names = dynamoNames(storage.db, 'Names');
  });
  afterAll(() => storage.stop());

  test('of twenty parallel takers one gets it, and may take it again', async () => {
    const got = await twentyTimes((index) => names.take('client', 'Job', `c${index}`, stays, now));
    expect(got.filter(Boolean)).toHaveLength(1);
    const holder = `c${got.indexOf(true)}`;
    expect(await names.take('client', 'Job', holder, stays, now + 1)).toBe(true);
    expect(await names.take('client', 'Job', 'other', stays, now + 1)).toBe(false);
  });

  test('what people would take for the same is the same; another kind is another', async () => {
    expect(await names.take('client', 'Night  Watch', 'a', stays, now)).toBe(true);
    expect(await names.take('client', ' night watch', 'b', stays, now)).toBe(false);
    expect(await names.take('client', 'Ｎight watch', 'b', stays, now)).toBe(false);
    expect(await names.take('key', 'night watch', 'b', stays, now)).toBe(true);
  });

  test('whoever just took a name need not exist yet; after a minute a holder that is gone loses it, to one taker', async () => {
    await names.take('client', 'Crashed', 'gone', stays, now);
    expect(await names.take('client', 'Crashed', 'next', isGone, now + 59)).toBe(false);
    expect(await names.take('client', 'Crashed', 'next', stays, now + 60)).toBe(false);
    const got = await twentyTimes((index) => names.take('client', 'Crashed', `n${index}`, isGone, now + 60));
    expect(got.filter(Boolean)).toHaveLength(1);
  });

  test('taking it again starts the minute anew', async () => {
    await names.take('client', 'Again', 'a', stays, now);
    await names.take('client', 'Again', 'a', stays, now + 50);
    expect(await names.take('client', 'Again', 'b', isGone, now + 100)).toBe(false);
    expect(await names.take('client', 'Again', 'b', isGone, now + 110)).toBe(true);
  });

  test('only its holder frees a name, as often as it likes', async () => {
    await names.take('client', 'Free', 'a', stays, now);
    await names.free('client', 'Free', 'b');
    expect(await names.take('client', 'Free', 'b', stays, now)).toBe(false);
    await names.free('client', 'Free', 'a');
    await names.free('client', 'Free', 'a');
    expect(await names.take('client', 'Free', 'b', stays, now)).toBe(true);
  });
});
