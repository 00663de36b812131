import { createHash, createPublicKey } from 'node:crypto';
import type { SigningAlgorithm, SigningKey } from '../core/ports/signing-keys.ts';
import type { CallConfig } from './signed-call.ts';
import { signedCall } from './signed-call.ts';

/** Members of each key type that RFC 7638 §3.2 and RFC 8037 §2 hash, in their order; `kty` and `crv` tell the kind. */
const members: Record<SigningAlgorithm, { kty: string; crv?: string; hashed: readonly string[] }> = {
  RS256: { kty: 'RSA', hashed: ['e', 'kty', 'n'] },
  ES256: { kty: 'EC', crv: 'P-256', hashed: ['crv', 'kty', 'x', 'y'] },
  EdDSA: { kty: 'OKP', crv: 'Ed25519', hashed: ['crv', 'kty', 'x'] },
};

/**
 * Reads the public half of a KMS key as a signing key in state `signing`. Its `kid` is its RFC 7638 thumbprint.
 * @param now epoch seconds, for `createdAt`
 * @param config overrides, for tests
 * @throws Error if the key is not of the algorithm's kind
 */
export async function publicSigningKey(
  keyArn: string,
  algorithm: SigningAlgorithm,
  now: number,
  config: CallConfig = {},
): Promise<SigningKey> {
  const call = { service: 'kms', target: 'TrentService.GetPublicKey', body: { KeyId: keyArn } } as const;
  const { PublicKey } = await signedCall<{ PublicKey?: string }>(call, config);
  if (!PublicKey) throw new Error(`KMS gave no public key for ${keyArn}`);
  const key = createPublicKey({ key: Buffer.from(PublicKey, 'base64'), format: 'der', type: 'spki' });
  const jwk = key.export({ format: 'jwk' }) as Record<string, string>;
  const { kty, crv, hashed } = members[algorithm];
  if (jwk['kty'] !== kty || jwk['crv'] !== crv) throw new Error(`the key ${keyArn} cannot sign ${algorithm}`);
  const kid = thumbprint(jwk, hashed);
  const publicJwk = { ...jwk, kty, kid, alg: algorithm, use: 'sig' } as const;
  return { kid, algorithm, keyArn, publicJwk, state: 'signing', createdAt: now };
}

/** RFC 7638 §3: SHA-256 of the required members, in lexicographic order, as JSON without space. */
function thumbprint(jwk: Record<string, string>, hashed: readonly string[]): string {
  const canonical = JSON.stringify(Object.fromEntries(hashed.map((name) => [name, jwk[name]])));
  return createHash('sha256').update(canonical).digest('base64url');
}
