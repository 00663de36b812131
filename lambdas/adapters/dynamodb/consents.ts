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

    async remember({ sub, clientId, resource, scopes, redirectUris, updatedAt }, revokedBefore = 0) {
      const target = at(sub, clientId, resource);
      const known = { clientId, resource, updatedAt, shelf };
      const unite = { set: known, unite: { scopes, redirectUris } };
      const alive = { anyOf: [missing, { test: 'above', name: 'updatedAt', value: revokedBefore } as const] };
      if ((await updateItem(target, unite, alive)).ok) return;
      // What was taken back must not come back beside what is allowed anew.
      const dead = { test: 'below', name: 'updatedAt', value: revokedBefore + 1 } as const;
      const sets = Object.entries({ scopes, redirectUris });
      const replace = {
        set: { ...known, ...Object.fromEntries(sets.filter(isFull).map(([name, of]) => [name, new Set(of)])) },
        remove: sets.filter((entry) => !isFull(entry)).map(([name]) => name),
      };
      if (!(await updateItem(target, replace, [dead])).ok) await updateItem(target, unite, []);
    },
  };
}

const missing = { test: 'missing', name: 'updatedAt' } as const;

/** DynamoDB stores no empty set. */
function isFull([, members]: readonly [string, readonly string[]]): boolean {
  return members.length > 0;
}

interface StoredConsent {
  readonly scopes?: Set<string>;
  readonly redirectUris?: Set<string>;
  readonly updatedAt: number;
}
