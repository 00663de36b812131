import { dpopAlgorithms } from './dpop-algorithms.ts';

/** What authorization server and protected resource metadata say about DPoP alike (RFC 9449 §5.1). */
export const dpopMetadata = { dpop_signing_alg_values_supported: dpopAlgorithms } as const;
