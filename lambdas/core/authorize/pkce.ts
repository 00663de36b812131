import { OAuthError } from '../errors.ts';
import { parameter } from '../parameters.ts';

// RFC 7636 §4.2: base64url of a SHA-256 digest is always 43 characters.
const s256 = /^[A-Za-z0-9_-]{43}$/;

/**
 * The S256 challenge of the request.
 * @throws OAuthError invalid_request without one, or with any other method
 */
export function checkPkce(params: URLSearchParams): string {
  // OAuth 2.1 §4.1.1, §7.5.2: required, here of every client.
  const challenge = parameter(params, 'code_challenge');
  if (challenge === undefined) {
    throw new OAuthError('invalid_request', 'code_challenge is missing; send a PKCE challenge with method S256', {
      reason: 'pkce_missing',
    });
  }
  // OAuth 2.1 §4.1.1: without a method the challenge would count as plain, which reveals the verifier.
  if (parameter(params, 'code_challenge_method') !== 'S256') {
    throw new OAuthError('invalid_request', 'code_challenge_method must be S256', { reason: 'pkce_method' });
  }
  if (!s256.test(challenge)) {
    throw new OAuthError('invalid_request', 'code_challenge must be the 43 base64url characters of a SHA-256 digest', {
      reason: 'pkce_syntax',
    });
  }
  return challenge;
}
