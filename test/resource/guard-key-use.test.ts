import { describe, expect, test } from 'vitest';
import { apiKeyVerifier } from '../../lambdas/core/resource/verify-api-key.ts';
import { useKeyHouse } from '../core/api-keys/key-house.ts';
import { forged, header, openGate } from './key-gate.ts';

const newHouse = useKeyHouse();
const newGate = (house = newHouse()) => openGate(house);

describe('F-B4 last use', () => {
  test('is written at most once in five minutes, by however many instances', async () => {
    const gate = newGate();
    const { create, deps, clock, ask, asked, instance } = gate;
    const { key, secret } = await create();
    const start = clock.now();
    const noted = async () => (await deps.apiKeys.find(key.keyId))?.lastUsedAt;
    for (let second = 0; second < 299; second += 20) {
      await ask(header(secret));
      await ask(header(secret), '/mcp', instance());
      clock.forward(20);
    }
    expect(await noted()).toBe(start);
    expect(await deps.apiKeys.find(key.keyId)).toMatchObject({ lastUsedFrom: '203.0.113.7' });
    // A new instance reads that it was noted, and does not try.
    expect(asked.noteUse).toBe(1);
    clock.forward(start + 301 - clock.now());
    await ask(header(secret));
    expect(await noted()).toBe(start + 301);
  });

  test('is not written for a key that opens nothing', async () => {
    const { create, ask, asked, reasonOf } = newGate();
    const { key, secret } = await create();
    await reasonOf(header(forged(key.keyId).text));
    await ask(header(secret), '/notes');
    expect(asked.noteUse).toBe(0);
  });

  test('a failure refuses nobody, and is not tried again at each call', async () => {
    const house = newHouse();
    const failing = { ...house.deps.apiKeys, noteUse: () => Promise.reject(new Error('table away')) };
    const { create, passes, failures, clock, asked } = newGate({ ...house, deps: { ...house.deps, apiKeys: failing } });
    const { secret } = await create();
    for (let count = 0; count < 5; count++) {
      await passes(header(secret));
      clock.forward(1);
    }
    expect(failures).toEqual([new Error('table away')]);
    expect(asked.noteUse).toBe(1);
  });

  test('a write that hangs holds nobody up', async () => {
    const house = newHouse();
    const hanging = { ...house.deps.apiKeys, noteUse: () => new Promise<void>(() => {}) };
    const { create, passes } = newGate({ ...house, deps: { ...house.deps, apiKeys: hanging } });
    const { secret } = await create();
    await passes(header(secret));
  });
});

describe('what the guard remembers', () => {
  test('a key that is in use costs two reads a minute', async () => {
    const { create, ask, asked, clock } = newGate();
    const { secret } = await create();
    for (let second = 0; second < 60; second++) {
      await ask(header(secret));
      clock.forward(1);
    }
    expect(asked).toMatchObject({ find: 1, latest: 1 });
    await ask(header(secret));
    expect(asked).toMatchObject({ find: 2, latest: 2 });
  });

  test('guesses push nothing out, and wrong secrets of a known id cost no read', async () => {
    const { create, ask, asked, reasonOf } = newGate();
    const { key, secret } = await create();
    await ask(header(secret));
    for (let count = 0; count < 5; count++) await reasonOf(header(forged(key.keyId).text));
    expect(asked.find).toBe(1);
  });

  test('memory is bounded: the oldest goes first', async () => {
    const { deps, clock, create } = newHouse();
    let reads = 0;
    const find = (keyId: string) => {
      reads += 1;
      return deps.apiKeys.find(keyId);
    };
    const { revocations } = deps;
    const verify = apiKeyVerifier({
      apiKeys: { find },
      revocations,
      clock,
      stage: 'development',
      seconds: 60,
      maxEntries: 2,
    });
    const [a, b, c] = await Promise.all(['a', 'b', 'c'].map((name) => create({ name })));
    for (const { secret } of [a!, b!, c!, b!, c!]) await verify(secret);
    expect(reads).toBe(3);
    await verify(a!.secret);
    expect(reads).toBe(4);
  });

  test('500, never an open door and never a 401, where the table cannot be read', async () => {
    const { create, ask, leave } = newGate();
    const { secret } = await create();
    leave();
    await expect(ask(header(secret))).rejects.toThrow('table away');
  });
});
