import type { Consents } from '../../core/ports/consents.ts';
import { findItem, updateItem } from './conditional-write.ts';
import type { DocumentClient } from './document-client.ts';
import { shelf } from './shelf.ts';

/** Consents in the DynamoDB table `table` (docs/storage.md). */
export function dynamoConsents(db: DocumentClient, table: string): Consents {
  const at = (sub: string, clientId: string, resource: string) => ({
    db,
    table,
    // A resource has no fragment (RFC 8707 §2), so the last # parts the two, whatever a client id holds.
    key: { sub, clientAndResource: `${clientId}#${resource}` },
  });

  return {
    async find(sub, clientId, resource) {
      const item = await findItem(at(sub, clientId, resource));
      if (!item) return undefined;
      const { scopes, redirectUris, updatedAt } = item as unknown as StoredConsent;
      const members = (set: Set<string> | undefined) => [...(set ?? [])].sort();
      return { sub, clientId, resource, scopes: members(scopes), redirectUris: members(redirectUris), updatedAt };
    },

    async remember({ sub, clientId, resource, scopes, redirectUris, updatedAt }) {
      const changes = { set: { clientId, resource, updatedAt, shelf }, unite: { scopes, redirectUris } };
      await updateItem(at(sub, clientId, resource), changes, []);
    },
  };
}

interface StoredConsent {
  readonly scopes?: Set<string>;
  readonly redirectUris?: Set<string>;
  readonly updatedAt: number;
}
