import type { Client } from '../../core/client.ts';
import type { Clients } from '../../core/ports/clients.ts';
import { findItem, replaceItem, updateItem } from './conditional-write.ts';
import type { Condition } from './expression.ts';
import type { DocumentClient } from './document-client.ts';
import { shelf } from './shelf.ts';

/** Clients in the DynamoDB table `table` (docs/storage.md). */
export function dynamoClients(db: DocumentClient, table: string): Clients {
  const at = (clientId: string) => ({ db, table, key: { clientId } });

  return {
    async find(clientId, now) {
      const client = (await findItem(at(clientId))) as Client | undefined;
      return client && (client.expiresAt ?? Infinity) > now ? client : undefined;
    },

    async register({ clientId, expiresAt, ...metadata }) {
      // What is stored first stays; only the life can grow.
      const forever = expiresAt === undefined;
      const changes = {
        setOnce: { ...metadata, shelf },
        ...(forever ? { remove: ['expiresAt'] } : { set: { expiresAt } }),
      };
      const shorter: Condition = forever
        ? { test: 'exists', name: 'expiresAt' }
        : { test: 'below', name: 'expiresAt', value: expiresAt };
      const target = { ...at(clientId), writeOnly: true };
      await updateItem(target, changes, { anyOf: [{ test: 'missing', name: 'clientId' }, shorter] });
    },

    async renew(clientId, expiresAt) {
      // A client that never ends has no `expiresAt`, and the comparison is false for it.
      await updateItem(at(clientId), { set: { expiresAt }, setOnce: { shelf } }, [
        { test: 'exists', name: 'clientId' },
        { test: 'below', name: 'expiresAt', value: expiresAt },
      ]);
    },

    async keepDocument(client) {
      // Several instances may fetch at once; the newest stays, whoever writes last.
      await replaceItem(at(client.clientId), { ...client, shelf }, [
        { test: 'is', name: 'kind', value: client.kind },
        { test: 'below', name: 'registeredAt', value: client.registeredAt + 1 },
      ]);
    },
  };
}
