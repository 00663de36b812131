import type { OAuthErrorCode } from '../errors.ts';
import { OAuthError } from '../errors.ts';

/** A caller that asks more often than its limit allows (RFC 6585 §4). */
export class TooManyRequests extends OAuthError {
  /** Whole seconds, at least 1. */
  readonly wait: number;

  /** @param code `slow_down` for a device that polls (RFC 8628 §3.5), which takes other codes for the end */
  constructor(wait: number, code: Extract<OAuthErrorCode, 'temporarily_unavailable' | 'slow_down'>) {
    super(code, `too many requests; send the next one in ${wait} s`, { reason: 'too_many_requests' });
    this.wait = wait;
  }
}
