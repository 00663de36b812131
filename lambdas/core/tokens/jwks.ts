import type { PublicJwk, SigningKey } from '../ports/signing-keys.ts';

/** The JWK Set that `jwks_uri` serves (RFC 7517 §5): every key that signs, will sign or has signed. */
export function jwks(_keys: readonly SigningKey[]): { readonly keys: readonly PublicJwk[] } {
  throw new Error('not yet');
}
