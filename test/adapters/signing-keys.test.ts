import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { recordSigningKey } from '../../lambdas/adapters/dynamodb/signing-keys.ts';
import { publishedKeys } from '../../lambdas/adapters/published-keys.ts';
import type { SigningKey } from '../../lambdas/core/ports/signing-keys.ts';
import { engines } from '../rig/engines.ts';
import type { LosingProxy } from './losing-proxy.ts';
import { losingProxy } from './losing-proxy.ts';
import type { Storage } from './tables.ts';
import { storageFor, twentyTimes } from './tables.ts';

const start = 1_800_000_000;

function newKey(kid: string, changes: Partial<SigningKey> = {}): SigningKey {
  return {
    kid,
    algorithm: 'RS256',
    keyArn: `arn:aws:kms:us-east-1:123456789012:key/${kid}`,
    publicJwk: { kty: 'RSA', kid, alg: 'RS256', use: 'sig', n: 'modulus', e: 'AQAB' },
    state: 'signing',
    createdAt: start,
    ...changes,
  };
}

describe.each(engines)('signing keys in DynamoDB (%s)', (kind) => {
  let storage: Storage;
  let proxy: LosingProxy;
  let now = start;
  const clock = { now: () => now };

  beforeEach(async () => {
    now = start;
    storage = await storageFor(kind, 'SigningKeys');
    proxy = await losingProxy(storage.engine.endpoint);
    vi.stubEnv('AWS_ENDPOINT_URL_DYNAMODB', proxy.endpoint);
    vi.stubEnv('AWS_REGION', 'us-east-1');
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIATEST');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret');
    vi.stubEnv('AWS_SESSION_TOKEN', 'session');
  });
  afterEach(async () => {
    vi.unstubAllEnvs();
    await proxy.stop();
    await storage.stop();
  });

  const record = (key: SigningKey) => recordSigningKey(storage.db, 'SigningKeys', key);

  test('what was recorded is published, every key of it', async () => {
    const keys = [newKey('a'), newKey('b', { state: 'retired' })];
    for (const key of keys) await record(key);
    expect(await publishedKeys('SigningKeys', clock).list()).toEqual(keys);
  });

  test('a recorded key is never overwritten, not by twenty writers at once', async () => {
    await record(newKey('a'));
    await twentyTimes((index) => record(newKey('a', { state: 'retired', createdAt: start + index })));
    expect(await publishedKeys('SigningKeys', clock).list()).toEqual([newKey('a')]);
  });

  test('the list is read once in five minutes, and once by parallel callers', async () => {
    await record(newKey('a'));
    const keys = publishedKeys('SigningKeys', clock);
    await Promise.all([keys.list(), keys.list(), keys.list({ fresh: true })]);
    await record(newKey('b'));
    now += 299;
    expect(await keys.list()).toHaveLength(1);
    expect(proxy.requests()).toBe(1);
    now += 1;
    expect(await keys.list()).toHaveLength(2);
    expect(proxy.requests()).toBe(2);
  });

  test('F-G2 a remembered key begins to sign, and leaves, at its second; nobody is told who asked for it', async () => {
    await record({ ...newKey('a', { signsFrom: start + 100 }), madeBy: 'request' } as SigningKey);
    await record(newKey('b', { retiredAt: start, goneAt: start + 200 }));
    const keys = publishedKeys('SigningKeys', clock);
    const seen = async (at: number) => {
      now = start + at;
      return (await keys.list()).map(({ kid, state }) => `${kid} ${state}`);
    };
    expect(await seen(0)).toEqual(['a published', 'b retired']);
    expect(await seen(99)).toEqual(['a published', 'b retired']);
    expect(await seen(100)).toEqual(['a signing', 'b retired']);
    expect(await seen(200)).toEqual(['a signing']);
    expect(proxy.requests()).toBe(1);
    expect(JSON.stringify(await keys.list())).not.toContain('request');
  });

  test('fresh asks the table, at most once in 30 seconds, whatever tokens name', async () => {
    await record(newKey('a'));
    const keys = publishedKeys('SigningKeys', clock);
    await keys.list();
    await record(newKey('b'));
    expect(await keys.list({ fresh: true })).toHaveLength(2);
    await record(newKey('c'));
    now += 29;
    await twentyTimes(() => keys.list({ fresh: true }));
    expect(proxy.requests()).toBe(2);
    now += 1;
    expect(await keys.list({ fresh: true })).toHaveLength(3);
  });

  test('F-G2 a key that was retired stays so when a deployment, or its rollback, publishes it again', async () => {
    const key = newKey('a', { retiredAt: start, goneAt: start });
    await record(key);
    await recordSigningKey(storage.db, 'SigningKeys', newKey('a', { createdAt: start + 10 }), true);
    expect(await publishedKeys('SigningKeys', clock).list()).toEqual([]);
    await record(newKey('b'));
    await recordSigningKey(storage.db, 'SigningKeys', newKey('b', { createdAt: start + 10 }), true);
    expect(await publishedKeys('SigningKeys', clock).list()).toMatchObject([{ kid: 'b', createdAt: start + 10 }]);
  });

  test('an empty list is not remembered: the first key counts at once', async () => {
    const keys = publishedKeys('SigningKeys', clock);
    expect(await keys.list()).toEqual([]);
    await record(newKey('a'));
    expect(await keys.list()).toHaveLength(1);
  });

  test('the last good list is served while the table cannot be read, then the table is asked again', async () => {
    await record(newKey('a'));
    const keys = publishedKeys('SigningKeys', clock);
    await keys.list();
    await record(newKey('b'));
    now += 300;
    proxy.lose(1000);
    expect(await keys.list()).toHaveLength(1);
    const asked = proxy.requests();
    expect(asked).toBe(4);
    await keys.list();
    await keys.list({ fresh: true });
    expect(proxy.requests()).toBe(asked);
    proxy.lose(0);
    now += 30;
    expect(await keys.list()).toHaveLength(2);
  });

  test('a table that was never read is an error, and the next call asks again', async () => {
    await record(newKey('a'));
    const keys = publishedKeys('SigningKeys', clock);
    proxy.lose(1000);
    await expect(keys.list()).rejects.toThrow('DynamoDB_20120810.Query');
    proxy.lose(0);
    expect(await keys.list()).toHaveLength(1);
  });

  test('one lost answer is asked for again; a refusal is not', async () => {
    await record(newKey('a'));
    proxy.lose(1);
    expect(await publishedKeys('SigningKeys', clock).list()).toHaveLength(1);
    expect(proxy.requests()).toBe(2);
    await expect(publishedKeys('NoSuchTable', clock).list()).rejects.toThrow('ResourceNotFoundException');
    expect(proxy.requests()).toBe(3);
  });
});
