import type { PublicJwk, SigningKey } from '../ports/signing-keys.ts';

/** The JWK Set that `jwks_uri` serves (RFC 7517 §5): every key that signs, will sign or has signed. */
export function jwks(keys: readonly SigningKey[]): { readonly keys: readonly PublicJwk[] } {
  return { keys: keys.map((key) => key.publicJwk) };
}
