import type { AuditDimension, AuditFilters } from '../../ports/audit-trail.ts';
import type { AdminHandler } from '../admin-handler.ts';
import { eventRow } from './event-row.ts';

/** Input fields of the operation that are dimensions of the trail; the one that finds the fewest events first. */
const dimensions = {
  trace: 'traceId',
  session: 'gid',
  person: 'sub',
  client: 'clientId',
} as const satisfies Record<string, AuditDimension>;
/** Input fields that only filter. */
const filters = ['type', 'decision'] as const;

/** Seconds for which events stay, unless the deployment says otherwise. */
const usualRetention = 90 * 86_400;

/** `audit.list`: by one dimension where there is one, else the newest of all; everything else that was given filters. */
export const listAudit: AdminHandler = async ({ input, page: { limit, cursor } }, _who, deps) => {
  const now = deps.clock.now();
  const given = Object.entries(dimensions).flatMap(([field, by]) => textOf(input[field], by));
  const [first, ...others] = given;
  const where: AuditFilters = Object.fromEntries([...others, ...filters.flatMap((name) => textOf(input[name], name))]);
  const page = { limit, cursor, now, where };
  const found = first
    ? await deps.auditTrail.find(...first, page)
    : await deps.auditTrail.newest({ ...page, oldest: now - (deps.auditRetention ?? usualRetention) });
  return {
    items: found.records.map(eventRow),
    ...(found.cursor !== undefined && { next: found.cursor }),
  };
};

function textOf<Name extends string>(value: unknown, name: Name): readonly (readonly [Name, string])[] {
  return typeof value === 'string' ? [[name, value] as const] : [];
}
