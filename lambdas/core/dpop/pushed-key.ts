import type { AuthorizationRequest } from '../authorization-request.ts';
import { OAuthError } from '../errors.ts';

/**
 * A pushed request with the key that its DPoP header proved, as if `dpop_jkt` had named it (RFC 9449 §10.1).
 * @param jkt undefined: there was no header
 * @throws OAuthError invalid_request if the request names another key
 */
export function withPushedKey(request: AuthorizationRequest, jkt: string | undefined): AuthorizationRequest {
  if (jkt === undefined) return request;
  if (request.dpopJkt === undefined || request.dpopJkt === jkt) return { ...request, dpopJkt: jkt };
  throw new OAuthError('invalid_request', 'dpop_jkt is not the thumbprint of the key in the DPoP header', {
    reason: 'dpop_jkt_mismatch',
  });
}
