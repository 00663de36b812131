import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dynamoConsents } from '../../lambdas/adapters/dynamodb/consents.ts';
import type { Consent, Consents } from '../../lambdas/core/ports/consents.ts';
import { engines } from '../rig/engines.ts';
import type { Storage } from './tables.ts';
import { storageFor, twentyTimes } from './tables.ts';

let counter = 0;

function newConsent(changes: Partial<Consent> = {}): Consent {
  return {
    sub: `person-${counter++}`,
    clientId: 'client-1',
    resource: 'https://example.com/mcp',
    scopes: ['todos:read'],
    redirectUris: ['http://127.0.0.1/callback'],
    updatedAt: 1_800_000_000,
    ...changes,
  };
}

describe.each(engines)('consents in DynamoDB (%s)', (kind) => {
  let storage: Storage;
  let consents: Consents;

  beforeAll(async () => {
    storage = await storageFor(kind, 'Consents');
    consents = dynamoConsents(storage.db, 'Consents');
  });
  afterAll(() => storage.stop());

  const find = ({ sub, clientId, resource }: Consent) => consents.find(sub, clientId, resource);

  test('AS-49 a consent is of one person, one client and one resource', async () => {
    const consent = newConsent();
    await consents.remember(consent);
    expect(await find(consent)).toEqual(consent);
    expect(await find({ ...consent, sub: 'another' })).toBeUndefined();
    expect(await find({ ...consent, clientId: 'client-2' })).toBeUndefined();
    expect(await find({ ...consent, resource: 'https://example.com/other' })).toBeUndefined();
  });

  test('a client id that holds the separator reaches no other consent', async () => {
    const consent = newConsent({ clientId: 'a#b' });
    await consents.remember(consent);
    expect(await find(consent)).toEqual(consent);
    expect(await find({ ...consent, clientId: 'a' })).toBeUndefined();
    expect(await find({ ...consent, clientId: '' })).toBeUndefined();
  });

  test('what was allowed earlier stays allowed: scopes and redirect URIs unite', async () => {
    const consent = newConsent();
    await consents.remember(consent);
    await consents.remember({ ...consent, scopes: ['todos:write'], redirectUris: ['cursor://cb'], updatedAt: 2e9 });
    expect(await find(consent)).toEqual({
      ...consent,
      scopes: ['todos:read', 'todos:write'],
      redirectUris: ['cursor://cb', 'http://127.0.0.1/callback'],
      updatedAt: 2e9,
    });
  });

  test('of twenty parallel answers every one counts', async () => {
    const consent = newConsent();
    const name = (index: number) => `scope:${String(index).padStart(2, '0')}`;
    await twentyTimes((index) => consents.remember({ ...consent, scopes: [name(index)] }));
    const found = await find(consent);
    expect(found?.scopes).toEqual(Array.from({ length: 20 }, (_, index) => name(index)));
    expect(found?.redirectUris).toEqual(consent.redirectUris);
  });

  test('a consent to no scope is remembered as such, and takes nothing back', async () => {
    const consent = newConsent({ scopes: [], redirectUris: [] });
    await consents.remember(consent);
    expect(await find(consent)).toEqual(consent);
    await consents.remember({ ...consent, scopes: ['todos:read'] });
    await consents.remember(consent);
    expect(await find(consent)).toEqual({ ...consent, scopes: ['todos:read'] });
  });

  describe('F-D3 what was taken back does not come back beside what is allowed anew', () => {
    const taken = { scopes: ['todos:read', 'todos:write'], redirectUris: ['cursor://cb'], updatedAt: 100 };

    test('an older consent is replaced', async () => {
      const old = newConsent(taken);
      await consents.remember(old);
      const anew = { ...old, scopes: ['todos:read'], redirectUris: ['http://127.0.0.1/callback'], updatedAt: 101 };
      await consents.remember(anew, 100);
      expect(await find(old)).toEqual(anew);
      const bare = { ...old, scopes: [], redirectUris: [], updatedAt: 301 };
      await consents.remember(bare, 300);
      expect(await find(old)).toEqual(bare);
    });

    test('one that was given since, or is the first, is added to', async () => {
      const fresh = newConsent(taken);
      await consents.remember(fresh, 99);
      await consents.remember({ ...fresh, scopes: ['todos:delete'], updatedAt: 102 }, 99);
      const scopes = ['todos:delete', 'todos:read', 'todos:write'];
      expect(await find(fresh)).toEqual({ ...fresh, scopes, updatedAt: 102 });
    });

    test('of twenty parallel answers all that are not dead count, and nothing older', async () => {
      const old = newConsent(taken);
      await consents.remember(old);
      const name = (index: number) => `scope:${String(index).padStart(2, '0')}`;
      await twentyTimes((index) => consents.remember({ ...old, scopes: [name(index)], updatedAt: 101 }, 100));
      expect((await find(old))?.scopes).toEqual(Array.from({ length: 20 }, (_, index) => name(index)));
    });
  });
});
