import type { Client } from '../client.ts';
import { OAuthError } from '../errors.ts';
import { requiredParameter } from '../parameters.ts';

/** @throws OAuthError if the request is not for an authorization code or the client may not have one */
export function checkResponseType(params: URLSearchParams, client: Client): void {
  // OAuth 2.1 §4.1.1: required; the implicit grant is gone.
  if (requiredParameter(params, 'response_type') !== 'code') {
    throw new OAuthError('unsupported_response_type', 'response_type must be code; nothing else is supported');
  }
  // OAuth 2.1 §4.1.2.1
  if (!client.responseTypes.includes('code') || !client.grantTypes.includes('authorization_code')) {
    throw new OAuthError('unauthorized_client', 'this client is not registered for the authorization_code grant');
  }
}
