import type { Grant } from '../../core/grant.ts';
import type { GrantStates } from '../../core/ports/grant-states.ts';
import type { RevocationTarget } from '../../core/ports/revocations.ts';
import { revocationTargets } from '../../core/resource/revocation-targets.ts';
import type { DocumentClient } from './document-client.ts';
import { withoutMarks } from './marks.ts';
import { dynamoRevocations, revocationId, secondsOf } from './revocations.ts';

/** What decides about a grant, from its table and the one of revocations in one call. */
export function dynamoGrantStates(
  db: DocumentClient,
  table: { readonly Grants: string; readonly Revocations: string },
): GrantStates {
  const revocations = dynamoRevocations(db, table.Revocations);
  return {
    async look({ gid, sub, clientId }) {
      const holder = clientId === undefined ? undefined : ({ kind: 'client', clientId } as const);
      const guess =
        sub === undefined || clientId === undefined ? holder && [holder] : revocationTargets({ sub, clientId });
      const [grants = [], items = []] = await db.batchGet([
        { table: table.Grants, keys: [{ gid }] },
        { table: table.Revocations, keys: (guess ?? []).map((target) => ({ id: revocationId(target) })) },
      ]);
      const seconds = secondsOf(items);
      const ended = (target: RevocationTarget): number => seconds.get(revocationId(target)) ?? 0;
      const [item] = grants;
      if (!item) return { revokedBefore: 0, holderRevokedBefore: 0 };
      const grant = withoutMarks(item) as unknown as Grant;
      const isGuessed = grant.sub === sub && grant.clientId === clientId;
      const revokedBefore = isGuessed
        ? Math.max(...revocationTargets(grant).map(ended))
        : await revocations.latest(revocationTargets(grant));
      const isHeldByOther = holder !== undefined && clientId !== grant.clientId;
      return { grant, revokedBefore, holderRevokedBefore: isHeldByOther ? ended(holder) : 0 };
    },
  };
}
