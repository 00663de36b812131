/** The credential of a request: the token, or the reason why there is none. */
export type Credential = { readonly token: string } | { readonly refusal: 'no_credential' | 'malformed_credential' };

/**
 * Reads the token from the values of `Authorization`. Nowhere else is one looked for: RS-06 forbids the query string.
 */
export function bearerToken(authorization: readonly string[]): Credential {
  const [value, ...more] = authorization;
  if (value === undefined) return { refusal: 'no_credential' };
  // Of two credentials nobody can say which one counts, and a proxy in front may have read the other one.
  if (more.length > 0) return { refusal: 'malformed_credential' };
  // RFC 6750 §2.1 (b64token), RFC 9110 §11.1: the name of the scheme ignores case.
  const token = /^bearer +([A-Za-z0-9\-._~+/]+=*)$/i.exec(value.trim())?.[1];
  return token === undefined ? { refusal: 'malformed_credential' } : { token };
}
