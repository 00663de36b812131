import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dynamoApiKeys } from '../../lambdas/adapters/dynamodb/api-keys.ts';
import { documentClient } from '../../lambdas/adapters/dynamodb/document-client.ts';
import type { ApiKey } from '../../lambdas/core/api-key.ts';
import type { ApiKeys } from '../../lambdas/core/ports/api-keys.ts';
import { engines } from '../rig/engines.ts';
import type { LosingProxy } from './losing-proxy.ts';
import { losingProxy } from './losing-proxy.ts';
import type { Storage } from './tables.ts';
import { storageFor, twentyTimes } from './tables.ts';

const now = 1_800_000_000;
let counter = 0;

const newKey = (changes: Partial<ApiKey> = {}): ApiKey => ({
  keyId: `key-${counter++}`,
  name: 'Nightly report',
  owner: 'ada',
  sub: 'ada',
  digest: 'digest',
  servers: ['todo'],
  permissions: ['read'],
  paths: [],
  createdAt: now,
  ...changes,
});

describe.each(engines)('API keys in DynamoDB (%s)', (kind) => {
  let storage: Storage;
  let proxy: LosingProxy;
  let keys: ApiKeys;
  let lossy: ApiKeys;

  beforeAll(async () => {
    storage = await storageFor(kind, 'ApiKeys');
    proxy = await losingProxy(storage.engine.endpoint);
    keys = dynamoApiKeys(storage.db, 'ApiKeys');
    lossy = dynamoApiKeys(documentClient({ ...storage.engine.config, endpoint: proxy.endpoint }), 'ApiKeys');
  });
  afterAll(async () => {
    await proxy.stop();
    await storage.stop();
  });

  test('F-B1 of twenty creations of one id one is stored, and the others get it', async () => {
    const { keyId } = newKey();
    const answers = await twentyTimes((index) => keys.create(newKey({ keyId, name: `Name ${index}` })));
    const winner = answers.indexOf(undefined);
    const stored = await keys.find(keyId);
    expect(stored).toMatchObject({ name: `Name ${winner}` });
    expect(answers.filter((answer) => answer === undefined)).toHaveLength(1);
    for (const answer of answers.filter((one) => one !== undefined)) expect(answer).toEqual(stored);
  });

  test('F-B1 a creation whose answer is lost is no key of somebody else', async () => {
    const key = newKey();
    proxy.lose(1);
    expect(await lossy.create(key)).toBeUndefined();
    expect(await keys.find(key.keyId)).toEqual(key);
  });

  test('F-B6 the first revocation stays as it was written, also when it is repeated and its answer is lost', async () => {
    const key = newKey();
    await keys.create(key);
    proxy.lose(1);
    expect(await lossy.revoke(key.keyId, 'ada', now + 1)).toBe(true);
    expect(await twentyTimes((index) => keys.revoke(key.keyId, 'bob', now + 2 + index))).not.toContain(false);
    expect(await keys.find(key.keyId)).toEqual({ ...key, revokedAt: now + 1, revokedBy: 'ada' });
  });

  test('F-B6 what is no key cannot be revoked into one, nor used into one', async () => {
    for (const keyId of ['nothing', '', 'x'.repeat(3000)]) {
      expect(await keys.revoke(keyId, 'ada', now)).toBe(false);
      await keys.noteUse(keyId, '203.0.113.9', now, 300);
      expect(await keys.find(keyId)).toBeUndefined();
    }
  });

  test('F-B4 a use is noted at most once in the interval, and a late note takes no newer one back', async () => {
    const key = newKey();
    await keys.create(key);
    await keys.noteUse(key.keyId, '203.0.113.9', now, 300);
    await twentyTimes((index) => keys.noteUse(key.keyId, '198.51.100.1', now + 281 + index, 300));
    expect(await keys.find(key.keyId)).toEqual({ ...key, lastUsedAt: now, lastUsedFrom: '203.0.113.9' });
    await keys.noteUse(key.keyId, '198.51.100.1', now + 301, 300);
    await keys.noteUse(key.keyId, '203.0.113.9', now - 50, 300);
    expect(await keys.find(key.keyId)).toMatchObject({ lastUsedAt: now + 301, lastUsedFrom: '198.51.100.1' });
  });
});
