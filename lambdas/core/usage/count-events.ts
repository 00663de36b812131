import type { AuditRecord } from '../ports/audit-trail.ts';
import type { UsageCount } from '../ports/usage.ts';
import { counted, dayOf, hourOf, series } from './series.ts';

/** Events that are counted by their type; what is refused is counted by its reason. */
const byType: Readonly<Record<string, string>> = {
  'person.signed_in': counted.signIn,
  'token.issued': counted.token,
  'tool.called': counted.call,
};

/** Characters of a name: some come from requests, and a key of the table has an end. */
const longest = 250;

/** Series → what to add to its counters for these events; one counter each, however many events. */
export function countEvents(records: readonly AuditRecord[]): ReadonlyMap<string, readonly UsageCount[]> {
  const sums = new Map<string, Map<string, number>>();
  const add = (where: string, name: string): void => {
    const counters = sums.get(where) ?? new Map<string, number>();
    sums.set(where, counters);
    const key = name.slice(0, longest);
    counters.set(key, (counters.get(key) ?? 0) + 1);
  };
  for (const record of records) countOne(record, add);
  return new Map(
    [...sums].map(([where, counters]) => [where, [...counters].map(([name, count]) => ({ name, count }))] as const),
  );
}

function countOne(record: AuditRecord, add: (series: string, name: string) => void): void {
  const { time, type, decision, reason, clientId, server, tool } = record;
  const what = decision === 'refused' ? `${counted.refusal}${reason ?? type}` : byType[type];
  if (what === undefined) return;
  add(series.hoursOf(time), `${hourOf(time)}#${what}`);
  add(series.daysOf(time), `${dayOf(time)}#${what}`);
  if (decision === 'refused' || what === counted.signIn) return;
  if (clientId) add(series.clientsOf(time), clientId);
  if (what === counted.call && tool) add(series.toolsOf(time), `${server ?? ''}/${tool}`);
}
