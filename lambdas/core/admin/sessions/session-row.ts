import type { Grant } from '../../grant.ts';
import type { AdminAnswer } from '../admin-handler.ts';
import { clientNames } from '../client-names.ts';
import type { AdminDeps } from '../deps.ts';
import { isoTime } from '../iso-time.ts';
import { serverIds } from '../server-ids.ts';

/** Rows of some sessions, at most 100: the members of `sessions` in the table of operations; one read. */
export async function sessionRows(
  grants: readonly Grant[],
  deps: Pick<AdminDeps, 'clientList' | 'clock' | 'issuer' | 'servers'>,
): Promise<readonly AdminAnswer[]> {
  const nameOf = await clientNames(
    grants.map(({ clientId }) => clientId),
    deps,
  );
  const idOf = serverIds(deps);
  return grants.map((grant) => {
    const { gid, sub, clientId, email, lastUsedAt, expiresAt, absoluteExpiresAt, refreshable } = grant;
    return {
      session: gid,
      clientName: nameOf(clientId),
      ...(email !== undefined && { email }),
      servers: grant.resources.map(idOf),
      startedAt: isoTime(grant.createdAt),
      ...(lastUsedAt !== undefined && { lastUsedAt: isoTime(lastUsedAt) }),
      endsAt: isoTime(Math.min(expiresAt, absoluteExpiresAt)),
      person: sub,
      client: clientId,
      scopes: [...(grant.identityScopes ?? []), ...grant.scopes],
      signedInAt: isoTime(grant.authTime),
      endsAtLatest: isoTime(refreshable ? absoluteExpiresAt : Math.min(expiresAt, absoluteExpiresAt)),
    };
  });
}
