import { OAuthError } from '../errors.ts';
import { parameter } from '../parameters.ts';

/**
 * The key to which the code is to be bound (RFC 9449 §10): only whoever proves it can redeem the code.
 * @throws OAuthError invalid_request if it is no thumbprint
 */
export function requestedKey(params: URLSearchParams): string | undefined {
  const jkt = parameter(params, 'dpop_jkt');
  if (jkt === undefined || /^[\w-]{43}$/.test(jkt)) return jkt;
  throw new OAuthError('invalid_request', 'dpop_jkt must be the SHA-256 thumbprint of a key: 43 base64url characters', {
    reason: 'dpop_jkt_syntax',
  });
}
