import { looksLikeKey } from '../../core/api-keys/key-text.ts';
import type { Credential } from './credential.ts';
import { readCredential } from './credential.ts';

/** What a call brings: an access token with its scheme, an API key, or the reason why it brings neither. */
export type Presented = Credential | { readonly apiKey: string };

/**
 * Reads the credential of a call to an MCP server, from `Authorization` or from `X-API-Key` (F-B3, F-B6). The header
 * names what API Gateway's own usage plans read, of which there are none here: nothing but this guard looks at it.
 */
export function readPresented(authorization: readonly string[], apiKey: readonly string[]): Presented {
  const [key, ...more] = apiKey;
  if (key === undefined) return asKey(readCredential(authorization));
  // Of two credentials nobody can say which one counts, and a proxy in front may have read the other one.
  if (more.length > 0 || authorization.length > 0) return { refusal: 'malformed_credential' };
  return { apiKey: key.trim() };
}

function asKey(credential: Credential): Presented {
  if ('refusal' in credential || !looksLikeKey(credential.token)) return credential;
  // RFC 9449 §7.1: the scheme promises a bound token, and a key is bound to nothing.
  return credential.scheme === 'Bearer' ? { apiKey: credential.token } : { refusal: 'malformed_credential' };
}
