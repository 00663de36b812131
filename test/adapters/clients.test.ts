import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dynamoClients } from '../../lambdas/adapters/dynamodb/clients.ts';
import type { Client } from '../../lambdas/core/client.ts';
import type { Clients } from '../../lambdas/core/ports/clients.ts';
import { engines } from '../rig/engines.ts';
import type { Storage } from './tables.ts';
import { storageFor, twentyTimes } from './tables.ts';

const now = 1_800_000_000;
let counter = 0;

function newClient(changes: Partial<Client> = {}): Client {
  return {
    clientId: `client-${counter++}`,
    kind: 'dynamic',
    clientName: 'Inspector',
    redirectUris: ['http://127.0.0.1/callback', 'cursor://anysphere.cursor-mcp/oauth/callback'],
    tokenEndpointAuthMethod: 'none',
    grantTypes: ['authorization_code', 'refresh_token'],
    responseTypes: ['code'],
    scope: 'todos:read',
    registeredAt: now,
    expiresAt: now + 1000,
    ...changes,
  };
}

describe.each(engines)('clients in DynamoDB (%s)', (kind) => {
  let storage: Storage;
  let clients: Clients;

  beforeAll(async () => {
    storage = await storageFor(kind, 'Clients');
    clients = dynamoClients(storage.db, 'Clients');
  });
  afterAll(() => storage.stop());

  async function registered(changes: Partial<Client> = {}): Promise<Client> {
    const client = newClient(changes);
    await clients.register(client);
    return client;
  }

  test('a client comes back as it was registered, with every field that it may have', async () => {
    const client = await registered({
      secretDigest: 'digest',
      tokenEndpointAuthMethod: 'client_secret_basic',
      applicationType: 'native',
      clientUri: 'https://example.com',
      logoUri: 'https://example.com/logo.png',
      policyUri: 'https://example.com/policy',
      tosUri: 'https://example.com/terms',
      contacts: ['ops@example.com'],
      softwareId: 'id',
      softwareVersion: '1.0',
    });
    expect(await clients.find(client.clientId, now)).toEqual(client);
  });

  test('a client with little to say and no end comes back as it is', async () => {
    const { expiresAt: _, clientName: __, scope: ___, ...client } = newClient({ redirectUris: [] });
    await clients.register(client);
    expect(await clients.find(client.clientId, now + 1e9)).toEqual(client);
  });

  test('an unknown client is undefined, and so is one whose id no item can have', async () => {
    expect(await clients.find('nobody', now)).toBeUndefined();
    expect(await clients.find('', now)).toBeUndefined();
    expect(await clients.find('https://example.com/'.padEnd(5000, 'x'), now)).toBeUndefined();
  });

  test('an expired client is not found, though DynamoDB has not deleted it yet', async () => {
    const client = await registered();
    expect(await clients.find(client.clientId, now + 999)).toEqual(client);
    expect(await clients.find(client.clientId, now + 1000)).toBeUndefined();
    expect(await storage.all()).toContainEqual(expect.objectContaining({ clientId: client.clientId }));
  });

  test('twenty registrations at once keep the longest life and one first registration', async () => {
    const client = newClient();
    await twentyTimes((index) =>
      clients.register({ ...client, registeredAt: now + index, expiresAt: now + 1000 + index }),
    );
    const found = await clients.find(client.clientId, now);
    expect(found?.expiresAt).toBe(now + 1019);
    await twentyTimes((index) => clients.register({ ...client, registeredAt: now + 50, expiresAt: now + 900 + index }));
    expect(await clients.find(client.clientId, now)).toEqual(found);
  });

  test('registering again changes no metadata', async () => {
    const client = await registered();
    await clients.register({ ...client, redirectUris: ['https://evil.example/'], expiresAt: now + 5000 });
    expect(await clients.find(client.clientId, now)).toEqual({ ...client, expiresAt: now + 5000 });
  });

  test('a life without end is the longest', async () => {
    const client = await registered();
    const { expiresAt: _, ...endless } = client;
    await clients.register(endless);
    await clients.register(client);
    await clients.renew(client.clientId, now + 9999);
    expect(await clients.find(client.clientId, now + 1e9)).toEqual(endless);
  });

  test('renewal moves the end on and never back, whatever the order', async () => {
    const client = await registered();
    await twentyTimes((index) => clients.renew(client.clientId, now + 2000 + ((index * 7) % 20)));
    expect(await clients.find(client.clientId, now)).toEqual({ ...client, expiresAt: now + 2019 });
    await clients.renew(client.clientId, now + 1);
    expect(await clients.find(client.clientId, now)).toEqual({ ...client, expiresAt: now + 2019 });
  });

  test('AS-26 the copy of a document replaces the one before as a whole, if it was asked for later', async () => {
    const kind = 'metadata-document';
    const first = newClient({ kind, tosUri: 'https://example.com/terms' });
    const { clientName: _, ...second } = newClient({ clientId: first.clientId, kind, registeredAt: now + 1 });
    await clients.keepDocument(first);
    expect(await clients.find(first.clientId, now)).toEqual(first);
    await clients.keepDocument(second);
    await clients.keepDocument(first);
    expect(await clients.find(first.clientId, now)).toEqual(second);
  });

  test('of twenty copies at once the one that was asked for last stays', async () => {
    const kind = 'metadata-document';
    const first = newClient({ kind });
    await twentyTimes((index) => clients.keepDocument({ ...first, registeredAt: now + ((index * 7) % 20) }));
    expect(await clients.find(first.clientId, now)).toEqual({ ...first, registeredAt: now + 19 });
  });

  test('the copy of a document replaces no registered client', async () => {
    const client = await registered();
    await clients.keepDocument({ ...client, kind: 'metadata-document', registeredAt: now + 1 });
    expect(await clients.find(client.clientId, now)).toEqual(client);
  });

  test('renewal creates no client', async () => {
    await clients.renew('nobody', now + 1);
    await clients.renew('', now + 1);
    expect(await clients.find('nobody', now)).toBeUndefined();
  });
});
