import type { Client } from '../../core/client.ts';
import type { ClientRegistry } from '../../core/ports/client-registry.ts';
import { createUnlessThere, deleteItem, updateItem } from './conditional-write.ts';
import type { DocumentClient } from './document-client.ts';
import { shelf } from './shelf.ts';

/** What metadata may lack, so that replacing them must take it away. */
const optional = [
  'clientName',
  'tokenEndpointAuthMethods',
  'assertionAlgorithm',
  'jwks',
  'jwksUri',
  'requirePushedAuthorizationRequests',
  'dpopBoundAccessTokens',
  'secretDigest',
  'previousSecretDigest',
  'previousSecretUntil',
  'secretReaders',
  'machineScopes',
  'scope',
  'applicationType',
  'clientUri',
  'logoUri',
  'policyUri',
  'tosUri',
  'contacts',
  'softwareId',
  'softwareVersion',
] as const satisfies readonly (keyof Client)[];

/** Changes of clients in the DynamoDB table `table` (docs/storage.md). */
export function dynamoClientRegistry(db: DocumentClient, table: string): ClientRegistry {
  const at = (clientId: string) => ({ db, table, key: { clientId } });

  return {
    // What is not a matter of metadata has writers of its own.
    async replace({ clientId, registeredAt: _, expiresAt: __, lastUsedAt: ___, ...client }) {
      const { revision = 0 } = client;
      const remove = optional.filter((name) => client[name] === undefined);
      const { ok } = await updateItem(at(clientId), { set: client, remove }, [
        { test: 'exists', name: 'clientId' },
        revision > 1 ? { test: 'is', name: 'revision', value: revision - 1 } : { test: 'missing', name: 'revision' },
      ]);
      return ok;
    },

    async create(client) {
      return (await createUnlessThere(at(client.clientId), { ...client, shelf })) as Client | undefined;
    },

    async put(client) {
      await db.send('PutItem', { TableName: table, Item: { ...client, shelf } });
    },

    remove: (clientId) => deleteItem(at(clientId)),
  };
}
