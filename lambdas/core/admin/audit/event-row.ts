import type { AuditRecord } from '../../ports/audit-trail.ts';
import type { AdminAnswer } from '../admin-handler.ts';

/** A row of the resource `audit`. */
export function eventRow(record: AuditRecord): AdminAnswer {
  const { time, type, decision, reason, sub, clientId, gid, server, tool, scopes, traceId } = record;
  const { address, userAgent, grantType, changed } = record;
  // A call by an API key belongs to no session.
  const session = gid?.startsWith('key:') ? undefined : gid;
  const all = {
    ...{ time, type, decision, reason, person: sub, client: clientId, server, tool },
    scopes: scopes === undefined ? undefined : scopes.split(' ').filter((scope) => scope !== ''),
    ...{ session, trace: traceId, address, userAgent, grantType, changed },
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}
