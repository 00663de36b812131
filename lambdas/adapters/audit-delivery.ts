import type { AuditRecord, AuditTrail } from '../core/ports/audit-trail.ts';
import type { LogDelivery } from './audit-lines.ts';
import { auditRecords } from './audit-lines.ts';
import type { Logger } from './telemetry.ts';

export interface AuditDeliveryOptions {
  readonly trail: Pick<AuditTrail, 'write'>;
  readonly publish: (records: readonly AuditRecord[]) => Promise<void>;
  /** Seconds for which a record stays in the table. */
  readonly retention: number;
  readonly log: Pick<Logger, 'error'>;
}

/**
 * Carries audit events from the log to the table and to EventBridge. It throws where either fails: Lambda then delivers
 * the batch again, the table takes it as if it were the first time, and no request has waited for any of it.
 */
export function auditDelivery({ trail, publish, retention, log }: AuditDeliveryOptions) {
  const expiresAt = ({ time }: AuditRecord): number => Math.floor(Date.parse(time) / 1000) + retention;
  return async (delivery: LogDelivery): Promise<void> => {
    try {
      const records = auditRecords(delivery);
      await trail.write(records, expiresAt);
      await publish(records);
    } catch (error) {
      log.error('audit events were not delivered', { error });
      throw error;
    }
  };
}
