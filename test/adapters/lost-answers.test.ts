import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { documentClient } from '../../lambdas/adapters/dynamodb/document-client.ts';
import { dynamoGrants } from '../../lambdas/adapters/dynamodb/grants.ts';
import type { CodeGrant } from '../../lambdas/core/grant.ts';
import type { Grants } from '../../lambdas/core/ports/grants.ts';
import { engines } from '../rig/engines.ts';
import type { LosingProxy } from './losing-proxy.ts';
import { losingProxy } from './losing-proxy.ts';
import type { Storage } from './tables.ts';
import { storageFor } from './tables.ts';

const now = 1_800_000_000;
let counter = 0;

/** The SDK repeats a request whose answer is lost; the repetition meets what the first attempt wrote. */
describe.each(engines)('a write whose answer is lost (%s)', (kind) => {
  let storage: Storage;
  let proxy: LosingProxy;
  let db: ReturnType<typeof documentClient>;
  let grants: Grants;
  let grant: CodeGrant;

  beforeAll(async () => {
    storage = await storageFor(kind, 'Grants');
    proxy = await losingProxy(storage.engine.endpoint);
    db = documentClient({ ...storage.engine.config, endpoint: proxy.endpoint });
    grants = dynamoGrants(db, 'Grants');
  });
  afterAll(async () => {
    await proxy.stop();
    await storage.stop();
  });
  beforeEach(() => {
    grant = {
      gid: `gid-${counter++}`,
      state: 'code',
      clientId: 'client-1',
      sub: 'person-1',
      resources: ['https://example.com/mcp'],
      scopes: ['todos:read'],
      refreshable: true,
      saltDigest: 'salt-digest',
      redirectUri: 'http://127.0.0.1/',
      codeChallenge: 'challenge',
      codeExpiresAt: now + 60,
      generation: 0,
      rotatedAt: now,
      authTime: now,
      createdAt: now,
      expiresAt: now + 3600,
      absoluteExpiresAt: now + 86_400,
    };
  });

  test('AS-63 redeeming a code is not taken for a second use of it', async () => {
    await grants.create(grant);
    const before = proxy.requests();
    proxy.lose(1);
    const presented = { ...grant, now, expiresAt: now + 7200 };
    const outcome = await grants.redeemCode(presented);
    expect(proxy.requests() - before).toBeGreaterThanOrEqual(2);
    expect(outcome).toMatchObject({ ok: true, grant: { state: 'active', generation: 1 } });
    expect(await grants.redeemCode(presented)).toMatchObject({ ok: false });
  });

  test('AS-67 a refresh is not taken for a replay', async () => {
    await grants.create({ ...grant, state: 'active', generation: 1 });
    proxy.lose(2);
    const presented = { ...grant, generation: 1, now, expiresAt: now + 7200 };
    expect(await grants.rotate(presented)).toMatchObject({ ok: true, grant: { generation: 2 } });
    expect(await grants.rotate(presented)).toMatchObject({ ok: false, grant: { generation: 2 } });
  });

  test('storing a grant is not taken for a grant that was there', async () => {
    proxy.lose(1);
    expect(await grants.create(grant)).toEqual({ ok: true, grant });
  });

  test('a table that never answers is an error, never a verdict', async () => {
    proxy.lose(1000);
    await expect(grants.create(grant)).rejects.toThrow();
    proxy.lose(0);
  });
});
