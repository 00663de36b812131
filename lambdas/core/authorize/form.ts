import { OAuthError } from '../errors.ts';
import { parameter } from '../parameters.ts';

/**
 * Refuses ways to send a request that are not offered.
 * @param mustPush whether plain parameters are one of them
 * @throws OAuthError request_not_supported or invalid_request
 */
export function checkForm(params: URLSearchParams, mustPush: boolean): void {
  // RFC 9101 §6.2, OIDC Core §3.1.2.6: a request object that is ignored could say something else than the parameters.
  if (parameter(params, 'request') !== undefined) {
    throw new OAuthError('request_not_supported', 'request is not supported; send plain parameters, or push them');
  }
  // RFC 9126 §5
  if (mustPush) {
    throw new OAuthError('invalid_request', 'request_uri is missing; push the authorization request first, to /par', {
      reason: 'push_required',
    });
  }
}
