import type { AuditRecord } from '../ports/audit-trail.ts';
import type { LastUses } from '../ports/last-uses.ts';
import type { Usage } from '../ports/usage.ts';
import { countEvents } from './count-events.ts';

export interface Books {
  readonly usage: Usage;
  readonly lastUses: LastUses;
}

/**
 * Counts events for the charts, and notes when each client and grant was last used.
 * @returns counts events; `expiresAt`: epoch seconds of the end of what is counted now
 */
export function bookKeeping({ usage, lastUses }: Books) {
  return async (records: readonly AuditRecord[], expiresAt: number): Promise<void> => {
    for (const [series, counts] of countEvents(records)) await usage.add(series, counts, expiresAt);
    const used = records.filter(isUse);
    for (const [clientId, at] of latestBy(used, 'clientId')) await lastUses.note('client', clientId, at);
    for (const [gid, at] of latestBy(used, 'gid')) await lastUses.note('grant', gid, at);
  };
}

function isUse({ type, decision }: AuditRecord): boolean {
  return decision === 'allowed' && (type === 'token.issued' || type === 'tool.called');
}

function latestBy(records: readonly AuditRecord[], member: 'clientId' | 'gid'): ReadonlyMap<string, number> {
  const latest = new Map<string, number>();
  for (const record of records) {
    const id = record[member];
    // The guard itself notes the use of API keys, and they have neither client nor grant.
    if (!id || id.startsWith('key:')) continue;
    latest.set(id, Math.max(latest.get(id) ?? 0, Math.floor(Date.parse(record.time) / 1000)));
  }
  return latest;
}
