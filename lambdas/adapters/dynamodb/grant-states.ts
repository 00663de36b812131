import type { Grant } from '../../core/grant.ts';
import type { GrantStates } from '../../core/ports/grant-states.ts';
import type { DocumentClient } from './document-client.ts';
import { latestOf, revocationId } from './revocations.ts';

/** What decides about a grant, from its table and the one of revocations in one call. */
export function dynamoGrantStates(
  db: DocumentClient,
  table: { readonly Grants: string; readonly Revocations: string },
): GrantStates {
  return {
    async look({ gid, sub, clientId }) {
      const ids = [
        revocationId({ kind: 'person', sub }),
        revocationId({ kind: 'client', clientId }),
        revocationId({ kind: 'consent', sub, clientId }),
      ];
      const [grants = [], revocations = []] = await db.batchGet([
        { table: table.Grants, keys: [{ gid }] },
        { table: table.Revocations, keys: ids.map((id) => ({ id })) },
      ]);
      const revokedBefore = latestOf(revocations);
      const [item] = grants;
      if (!item) return { revokedBefore };
      const { writeId: _, ...grant } = item;
      return { grant: grant as unknown as Grant, revokedBefore };
    },
  };
}
