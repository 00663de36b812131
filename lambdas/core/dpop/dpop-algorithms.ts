/**
 * JWS algorithms of DPoP proofs, asymmetric ones only (RFC 9449 §4.2), the shorter first. `Ed25519` is the name that
 * RFC 9864 gives to EdDSA over that curve; libraries send either.
 */
export const dpopAlgorithms = ['ES256', 'EdDSA', 'Ed25519', 'PS256', 'RS256'] as const;
