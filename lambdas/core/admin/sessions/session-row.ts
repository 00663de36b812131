import type { Grant } from '../../grant.ts';
import type { AdminAnswer } from '../admin-handler.ts';
import type { ClientNames } from '../client-names.ts';
import type { AdminDeps } from '../deps.ts';
import { isoTime } from '../iso-time.ts';
import { serverIds } from '../server-ids.ts';

/** A row of `sessions` in the table of operations. */
export function sessionRow(
  grant: Grant,
  nameOf: ClientNames,
  deps: Pick<AdminDeps, 'issuer' | 'servers'>,
): AdminAnswer {
  const { gid, sub, clientId, email, lastUsedAt, expiresAt, absoluteExpiresAt, refreshable } = grant;
  return {
    session: gid,
    clientName: nameOf(clientId),
    ...(email !== undefined && { email }),
    servers: grant.resources.map(serverIds(deps)),
    startedAt: isoTime(grant.createdAt),
    ...(lastUsedAt !== undefined && { lastUsedAt: isoTime(lastUsedAt) }),
    endsAt: isoTime(Math.min(expiresAt, absoluteExpiresAt)),
    person: sub,
    client: clientId,
    scopes: [...(grant.identityScopes ?? []), ...grant.scopes],
    signedInAt: isoTime(grant.authTime),
    endsAtLatest: isoTime(refreshable ? absoluteExpiresAt : Math.min(expiresAt, absoluteExpiresAt)),
  };
}
