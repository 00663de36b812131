import type { Audit, AuditEvent } from '../core/ports/audit.ts';
import { asOAuthError } from './errors.ts';

/**
 * Does `work`, and records an event if it is refused; what succeeds is recorded by those who know what it was.
 * @param refusal what is known of the request, beside the reason
 */
export async function audited<T>(audit: Audit, refusal: AuditEvent, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const { code, reason } = asOAuthError(error);
    // RFC 8628 §3.5: a device that waits asks every few seconds; nothing was decided yet.
    if (code !== 'authorization_pending') audit.record({ ...refusal, decision: 'refused', reason });
    throw error;
  }
}
