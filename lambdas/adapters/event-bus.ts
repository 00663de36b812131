import type { AuditRecord } from '../core/ports/audit-trail.ts';
import type { CallConfig } from './signed-call.ts';
import { signedCall } from './signed-call.ts';

/** What PutEvents takes at once. */
const most = 10;

/**
 * Puts audit records on the default event bus of Amazon EventBridge: source `gatehouse`, detail type = type of the event,
 * detail = the record. A record may come twice; its `id` tells.
 * @returns publishes records @throws CallError, or Error if the bus took some of them only
 */
export function eventBus(config: CallConfig = {}): (records: readonly AuditRecord[]) => Promise<void> {
  return async (records) => {
    for (let start = 0; start < records.length; start += most) {
      const Entries = records.slice(start, start + most).map((record) => ({
        Source: 'gatehouse',
        DetailType: record.type,
        Detail: JSON.stringify(record),
        Time: Date.parse(record.time) / 1000,
      }));
      const call = { service: 'events', target: 'AWSEvents.PutEvents', body: { Entries } } as const;
      const { FailedEntryCount = 0 } = await signedCall<{ FailedEntryCount?: number }>(call, config);
      if (FailedEntryCount > 0)
        throw new Error(`the event bus refused ${FailedEntryCount} of ${Entries.length} events`);
    }
  };
}
