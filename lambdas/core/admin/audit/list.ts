import type { AuditDimension, AuditFilters } from '../../ports/audit-trail.ts';
import type { AdminHandler } from '../admin-handler.ts';
import { refuseFields } from '../admin-refusal.ts';
import { eventRow } from './event-row.ts';

/** Input fields of the operation that are dimensions of the trail; the one that finds the fewest events first. */
const dimensions = {
  trace: 'traceId',
  session: 'gid',
  person: 'sub',
  client: 'clientId',
} as const satisfies Record<string, AuditDimension>;
/** Input fields that only filter. */
const filters = ['type', 'decision', 'reason', 'server', 'tool'] as const;

/** Later ones are not written with four digits, which sort. */
const lastMoment = Date.parse('9999-12-31T23:59:59.999Z');

/** Seconds for which events stay, unless the deployment says otherwise. */
const usualRetention = 90 * 86_400;

/** `audit.list`: by one dimension where there is one, else the newest of all; everything else that was given filters. */
export const listAudit: AdminHandler = async ({ input, page: { limit, cursor } }, _who, deps) => {
  const now = deps.clock.now();
  const given = Object.entries(dimensions).flatMap(([field, by]) => textOf(input[field], by));
  const [first, ...others] = given;
  const where: AuditFilters = Object.fromEntries([...others, ...filters.flatMap((name) => textOf(input[name], name))]);
  const page = { limit, cursor, now, where, before: endOf(input['until']) };
  const found = first
    ? await deps.auditTrail.find(...first, page)
    : await deps.auditTrail.newest({ ...page, oldest: now - (deps.auditRetention ?? usualRetention) });
  return {
    items: found.records.map(eventRow),
    ...(found.cursor !== undefined && { next: found.cursor }),
  };
};

/**
 * The moment before which events are wanted: a day counts whole.
 * @throws AdminRefusal for what is neither a day nor a time
 */
function endOf(until: unknown): string | undefined {
  if (typeof until !== 'string') return undefined;
  const isDay = /^\d{4}-\d\d-\d\d$/.test(until);
  // RFC 3339: without a zone nobody knows which moment is meant.
  const isTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/.test(until);
  const moment = isDay || isTime ? Date.parse(until) : NaN;
  if (Number.isNaN(moment)) {
    refuseFields([{ field: 'until', message: 'Enter a day such as 2026-11-20, or a time such as 2026-11-20T08:30Z.' }]);
  }
  const end = moment + (isDay ? 86_400_000 : 0);
  return new Date(Math.min(Math.max(0, end), lastMoment)).toISOString();
}

function textOf<Name extends string>(value: unknown, name: Name): readonly (readonly [Name, string])[] {
  return typeof value === 'string' ? [[name, value] as const] : [];
}
