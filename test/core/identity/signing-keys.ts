import { generateKeyPairSync, sign } from 'node:crypto';
import type { PublicJwk, SigningAlgorithm, SigningKey } from '../../../lambdas/core/ports/signing-keys.ts';

const pairs = {
  RS256: () => generateKeyPairSync('rsa', { modulusLength: 2048 }),
  ES256: () => generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  EdDSA: () => generateKeyPairSync('ed25519'),
};

/** A key of an algorithm, with a signer that counts. */
export function keyOf(algorithm: SigningAlgorithm) {
  const { privateKey, publicKey } = pairs[algorithm]();
  const publicJwk = { ...publicKey.export({ format: 'jwk' }), kid: algorithm, alg: algorithm, use: 'sig' } as PublicJwk;
  const key: SigningKey = { kid: algorithm, algorithm, keyArn: 'arn', publicJwk, state: 'signing', createdAt: 1 };
  const signer = {
    count: 0,
    async sign(_key: SigningKey, input: Uint8Array): Promise<Uint8Array> {
      this.count += 1;
      const hash = algorithm === 'EdDSA' ? null : 'sha256';
      return sign(hash, input, { key: privateKey, dsaEncoding: 'ieee-p1363' });
    },
  };
  return { key, signer, publicKey };
}
