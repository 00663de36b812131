import type { AuditRecord, AuditTrail } from '../core/ports/audit-trail.ts';
import type { LogDelivery } from './audit-lines.ts';
import { auditRecords } from './audit-lines.ts';
import type { Logger } from './telemetry.ts';

export interface AuditDeliveryOptions {
  readonly trail: Pick<AuditTrail, 'write'>;
  readonly publish: (records: readonly AuditRecord[]) => Promise<void>;
  /** Counts for charts; estimates. @param expiresAt epoch seconds of the end of what is counted */
  readonly keepBooks: (records: readonly AuditRecord[], expiresAt: number) => Promise<void>;
  /** Seconds for which a record stays in the table. */
  readonly retention: number;
  readonly log: Pick<Logger, 'error'>;
}

/**
 * Carries audit events from the log to the table and to EventBridge. It throws where either fails: Lambda then delivers
 * the batch again, the table takes it as if it were the first time, and no request has waited for any of it. What is
 * counted comes last and fails alone: by a second delivery the trail would win nothing, and every count would be twice.
 */
export function auditDelivery({ trail, publish, keepBooks, retention, log }: AuditDeliveryOptions) {
  const expiresAt = ({ time }: Pick<AuditRecord, 'time'>): number => Math.floor(Date.parse(time) / 1000) + retention;
  return async (delivery: LogDelivery): Promise<void> => {
    const records = await deliver(delivery).catch((error: unknown) => {
      log.error('audit events were not delivered', { error });
      throw error;
    });
    const [end] = records.map(expiresAt).sort((a, b) => b - a);
    if (end === undefined) return;
    await keepBooks(records, end).catch((error: unknown) => log.error('usage was not counted', { error }));
  };

  async function deliver(delivery: LogDelivery): Promise<readonly AuditRecord[]> {
    const records = auditRecords(delivery);
    await trail.write(records, expiresAt);
    await publish(records);
    return records;
  }
}
