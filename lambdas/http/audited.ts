import type { Audit, AuditEvent } from '../core/ports/audit.ts';
import { asOAuthError } from './errors.ts';
import { isRecorded } from './is-recorded.ts';

/**
 * Does `work`, and records an event if it is refused; what succeeds is recorded by those who know what it was.
 * @param refusal what is known of the request, beside the reason
 */
export async function audited<T>(audit: Audit, refusal: AuditEvent, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const refused = asOAuthError(error);
    if (isRecorded(refused)) audit.record({ ...refusal, decision: 'refused', reason: refused.reason });
    throw error;
  }
}
