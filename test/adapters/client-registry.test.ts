import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dynamoClientRegistry } from '../../lambdas/adapters/dynamodb/client-registry.ts';
import { dynamoClients } from '../../lambdas/adapters/dynamodb/clients.ts';
import type { Client } from '../../lambdas/core/client.ts';
import type { ClientRegistry } from '../../lambdas/core/ports/client-registry.ts';
import type { Clients } from '../../lambdas/core/ports/clients.ts';
import { engines } from '../rig/engines.ts';
import type { Storage } from './tables.ts';
import { storageFor, twentyTimes } from './tables.ts';

const now = 1_800_000_000;
let counter = 0;

const newClient = (changes: Partial<Client> = {}): Client => ({
  clientId: `managed-${counter++}`,
  kind: 'dynamic',
  redirectUris: ['https://client.example/cb'],
  tokenEndpointAuthMethod: 'client_secret_basic',
  secretDigest: 'digest',
  registrationAccessTokenDigest: 'token digest',
  grantTypes: ['authorization_code', 'refresh_token'],
  responseTypes: ['code'],
  registeredAt: now,
  expiresAt: now + 1000,
  ...changes,
});

describe.each(engines)('AS-34 changes of clients in DynamoDB (%s)', (kind) => {
  let storage: Storage;
  let clients: Clients;
  let registry: ClientRegistry;

  beforeAll(async () => {
    storage = await storageFor(kind, 'Clients');
    clients = dynamoClients(storage.db, 'Clients');
    registry = dynamoClientRegistry(storage.db, 'Clients');
  });
  afterAll(() => storage.stop());

  async function registered(changes: Partial<Client> = {}): Promise<Client> {
    const client = newClient(changes);
    await clients.register(client);
    return client;
  }

  test('F-D2 a new client is stored once, by one of twenty; the others get what is stored', async () => {
    const { expiresAt: _, ...client } = newClient({ kind: 'pre-registered' });
    const got = await twentyTimes((index) => registry.create({ ...client, clientName: `Job ${index}` }));
    expect(got.filter((earlier) => earlier === undefined)).toHaveLength(1);
    const stored = await clients.find(client.clientId, now);
    expect(stored?.clientName).toBe(`Job ${got.indexOf(undefined)}`);
    for (const earlier of got) expect(earlier ?? stored).toEqual(stored);
  });

  test('F-B5 replacing ends an overlap, and leaves alone when it was last used', async () => {
    const { expiresAt: _, ...client } = newClient({ kind: 'pre-registered', secretArn: 'arn' });
    const more = {
      previousSecretDigest: 'old',
      previousSecretUntil: now + 1,
      machineScopes: ['a'],
      secretReaders: ['r'],
    };
    await registry.create({ ...client, ...more, lastUsedAt: now });
    expect(await registry.replace({ ...client, secretDigest: 'new', lastUsedAt: 1, revision: 1 })).toBe(true);
    const expected = { ...client, secretDigest: 'new', lastUsedAt: now, revision: 1 };
    expect(await clients.find(client.clientId, now)).toEqual(expected);
  });

  test('replacing takes away what is no longer said, and keeps the life and the first registration', async () => {
    const client = await registered({
      clientName: 'Old',
      contacts: ['ops@client.example'],
      scope: 'x',
      applicationType: 'web',
      softwareId: 'id',
    });
    await clients.renew(client.clientId, now + 5000);
    const { secretDigest: _, contacts: __, scope: ___, applicationType: ____, softwareId: _____, ...rest } = client;
    const next: Client = {
      ...rest,
      clientName: 'New',
      tokenEndpointAuthMethod: 'private_key_jwt',
      jwks: { keys: [{ kty: 'EC', key_ops: ['verify'] }] },
      registeredAt: now + 7,
      revision: 1,
    };
    expect(await registry.replace(next)).toBe(true);
    expect(await clients.find(client.clientId, now)).toEqual({ ...next, registeredAt: now, expiresAt: now + 5000 });
  });

  test('of twenty replacements of the same revision one is written', async () => {
    const client = await registered();
    for (const revision of [1, 2]) {
      const answers = await twentyTimes((index) =>
        registry.replace({ ...client, clientName: `Name ${index}`, revision }),
      );
      expect(answers.filter(Boolean)).toHaveLength(1);
      const winner = answers.indexOf(true);
      expect(await clients.find(client.clientId, now)).toEqual({ ...client, clientName: `Name ${winner}`, revision });
    }
  });

  test('replacing creates nothing, also while the client is deleted', async () => {
    expect(await registry.replace(newClient({ revision: 1 }))).toBe(false);
    const client = await registered();
    await Promise.all([
      registry.remove(client.clientId),
      ...Array.from({ length: 19 }, (_, index) => registry.replace({ ...client, revision: index + 1 })),
    ]);
    expect(await clients.find(client.clientId, now)).toBeUndefined();
  });

  test('deleting tells whether there was one, and is idempotent', async () => {
    const client = await registered();
    const answers = await twentyTimes(() => registry.remove(client.clientId));
    expect(answers.filter(Boolean)).toHaveLength(1);
    expect(await registry.remove('nobody')).toBe(false);
    expect(await registry.remove('')).toBe(false);
  });

  test('an administrator puts a client over what stands there, with nothing left of it', async () => {
    const client = await registered({ clientName: 'Old' });
    const { expiresAt: _, clientName: __, secretDigest: ___, registrationAccessTokenDigest: ____, ...rest } = client;
    const own: Client = { ...rest, kind: 'pre-registered', machineScopes: ['todos:read'] };
    await registry.put(own);
    expect(await clients.find(client.clientId, now + 1e9)).toEqual(own);
  });
});
