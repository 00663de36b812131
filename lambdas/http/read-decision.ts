import { OAuthError } from '../core/errors.ts';
import { requiredParameter } from '../core/parameters.ts';

/** Whether the person pressed Allow. */
export function readDecision(params: URLSearchParams): boolean {
  const decision = requiredParameter(params, 'decision');
  // Anything but the two buttons is no answer: least of all an Allow.
  if (decision === 'allow' || decision === 'deny') return decision === 'allow';
  throw new OAuthError('invalid_request', 'decision must be allow or deny; use the buttons of the page');
}
