import type { Credential } from './credential.ts';
import { readCredential } from './credential.ts';

/** The credential of an endpoint that takes bearer tokens only. */
export function bearerToken(authorization: readonly string[]): Credential {
  const credential = readCredential(authorization);
  return 'token' in credential && credential.scheme !== 'Bearer' ? { refusal: 'malformed_credential' } : credential;
}
