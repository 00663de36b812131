import type { OAuthErrorCode } from '../core/errors.ts';
import { OAuthError } from '../core/errors.ts';

/** What is wrong with a request before any rule of OAuth is asked. */
export type Fault = 'not_found' | 'method_not_allowed' | 'too_large' | 'wrong_media_type' | 'switched_off' | 'conflict';

/** A request that HTTP itself refuses; `errors.ts` gives the fault its status. */
export class RefusedRequest extends OAuthError {
  readonly fault: Fault;

  /** @param description wire-safe sentence that says what to send instead */
  constructor(fault: Fault, description: string, code: OAuthErrorCode = 'invalid_request') {
    super(code, description, { reason: fault });
    this.fault = fault;
  }
}
