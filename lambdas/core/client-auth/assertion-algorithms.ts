/**
 * What may sign a client assertion, each with the only keys that fit. RFC 8725 §3.1: nothing symmetric, so that a
 * public key can never be taken for a shared secret, and not `none`.
 */
export const assertionAlgorithms: Readonly<Record<string, { readonly kty: string; readonly crv?: string }>> = {
  RS256: { kty: 'RSA' },
  PS256: { kty: 'RSA' },
  ES256: { kty: 'EC', crv: 'P-256' },
  EdDSA: { kty: 'OKP', crv: 'Ed25519' },
};
