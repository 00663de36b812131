import { OAuthError } from '../errors.ts';

/** RFC 9396 §5. */
export function invalidDetails(problem: string): OAuthError {
  return new OAuthError('invalid_authorization_details', `authorization_details: ${problem}`);
}
