/** The credential of a request: the token and its scheme, or the reason why there is none. */
export type Credential =
  | { readonly token: string; readonly scheme: 'Bearer' | 'DPoP' }
  | { readonly refusal: 'no_credential' | 'malformed_credential' };

/**
 * Reads the token from the values of `Authorization`. Nowhere else is one looked for: RS-06 forbids the query string.
 */
export function readCredential(authorization: readonly string[]): Credential {
  const [value, ...more] = authorization;
  if (value === undefined) return { refusal: 'no_credential' };
  // Of two credentials nobody can say which one counts, and a proxy in front may have read the other one.
  if (more.length > 0) return { refusal: 'malformed_credential' };
  // RFC 6750 §2.1 (b64token), RFC 9449 §7.1 (token68), RFC 9110 §11.1: the name of the scheme ignores case.
  const [, scheme = '', token] = /^(bearer|dpop) +([A-Za-z0-9\-._~+/]+=*)$/i.exec(value.trim()) ?? [];
  if (token === undefined) return { refusal: 'malformed_credential' };
  return { token, scheme: scheme.toLowerCase() === 'dpop' ? 'DPoP' : 'Bearer' };
}
