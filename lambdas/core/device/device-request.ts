import type { AuthorizationRequest } from '../authorization-request.ts';

/** What a device asks for: an authorization request without an address for the answer (RFC 8628 §3.1). */
export type DeviceRequest = Pick<
  AuthorizationRequest,
  'clientId' | 'resources' | 'scopes' | 'identityScopes' | 'authorizationDetails'
>;

/**
 * The same in the shape from which the consent page and the grant are made. No registered redirect URI is empty, so
 * nothing can be redirected with it (AS-41).
 */
export function asAuthorizationRequest(request: DeviceRequest): AuthorizationRequest {
  return { ...request, redirectUri: '', codeChallenge: '' };
}
