import type { OAuthError } from '../core/errors.ts';
import { TooManyRequests } from '../core/rate-limit/too-many-requests.ts';

/** Whether a refusal goes into the audit trail; each one costs writes. */
export function isRecorded(error: OAuthError): boolean {
  // Whoever asks too often must not fill the record by it; the log has a line each time.
  if (error instanceof TooManyRequests) return false;
  // RFC 8628 §3.5: a device that waits asks every few seconds; nothing was decided yet.
  return error.code !== 'authorization_pending';
}
