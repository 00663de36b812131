import { randomUUID } from 'node:crypto';
import type { Audit } from '../core/ports/audit.ts';
import type { Logger } from './telemetry.ts';
import { currentOrigin } from './telemetry.ts';

/**
 * Audit events as log lines with the message `audit`. Nothing waits for more than the line: a subscription of the log
 * carries it to the audit function (docs/decisions/0019).
 */
export function logAudit(logger: Pick<Logger, 'info'>): Audit {
  return {
    record({ scopes, ...event }) {
      const id = randomUUID();
      const list = scopes && { scopes: scopes.join(' ') };
      logger.info('audit', { id, decision: 'allowed', ...event, ...list, ...currentOrigin() });
    },
  };
}
