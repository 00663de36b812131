import { OAuthError } from '../errors.ts';

/** A refused client assertion (RFC 7521 §4.2.1). @param problem what is wrong and what to send instead */
export function refuseAssertion(reason: string, problem: string, cause?: unknown): OAuthError {
  return new OAuthError('invalid_client', `client_assertion ${problem}`, { reason: `assertion_${reason}`, cause });
}
