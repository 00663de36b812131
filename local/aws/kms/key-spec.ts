import type { KeyObject } from 'node:crypto';
import { constants, createPrivateKey, createSecretKey, generateKeyPair, randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import { AwsError } from '../service.ts';

const generate = promisify(generateKeyPair);

/** How a signing algorithm of KMS is done with node:crypto. */
export interface Algorithm {
  /** null: the algorithm hashes by itself (Ed25519). */
  readonly hash: string | null;
  readonly padding?: number;
}

const { RSA_PKCS1_PADDING, RSA_PKCS1_PSS_PADDING } = constants;
const rsaSizes: Readonly<Record<string, number>> = { RSA_2048: 2048, RSA_3072: 3072, RSA_4096: 4096 };
const rsaAlgorithms: Readonly<Record<string, Algorithm>> = {
  RSASSA_PKCS1_V1_5_SHA_256: { hash: 'sha256', padding: RSA_PKCS1_PADDING },
  RSASSA_PKCS1_V1_5_SHA_384: { hash: 'sha384', padding: RSA_PKCS1_PADDING },
  RSASSA_PKCS1_V1_5_SHA_512: { hash: 'sha512', padding: RSA_PKCS1_PADDING },
  RSASSA_PSS_SHA_256: { hash: 'sha256', padding: RSA_PKCS1_PSS_PADDING },
  RSASSA_PSS_SHA_384: { hash: 'sha384', padding: RSA_PKCS1_PSS_PADDING },
  RSASSA_PSS_SHA_512: { hash: 'sha512', padding: RSA_PKCS1_PSS_PADDING },
};
const curves: Readonly<Record<string, { curve: string; algorithms: Readonly<Record<string, Algorithm>> }>> = {
  ECC_NIST_P256: { curve: 'P-256', algorithms: { ECDSA_SHA_256: { hash: 'sha256' } } },
  ECC_NIST_P384: { curve: 'P-384', algorithms: { ECDSA_SHA_384: { hash: 'sha384' } } },
  ECC_NIST_P521: { curve: 'P-521', algorithms: { ECDSA_SHA_512: { hash: 'sha512' } } },
};

/** The signing algorithms of a key spec, none for a symmetric key. */
export function algorithmsOf(spec: string): Readonly<Record<string, Algorithm>> {
  if (spec in rsaSizes) return rsaAlgorithms;
  if (spec === 'ECC_NIST_EDWARDS25519') return { ED25519_SHA_512: { hash: null } };
  return curves[spec]?.algorithms ?? {};
}

/** New key material: PKCS#8 DER, or 32 random bytes for a symmetric key. @throws AwsError for a spec not offered here */
export async function generateMaterial(spec: string): Promise<Buffer> {
  if (spec === 'SYMMETRIC_DEFAULT') return randomBytes(32);
  const { privateKey } = await generatePair(spec);
  return privateKey.export({ type: 'pkcs8', format: 'der' });
}

async function generatePair(spec: string): Promise<{ privateKey: KeyObject }> {
  const modulusLength = rsaSizes[spec];
  if (modulusLength) return generate('rsa', { modulusLength });
  const namedCurve = curves[spec]?.curve;
  if (namedCurve) return generate('ec', { namedCurve });
  if (spec === 'ECC_NIST_EDWARDS25519') return generate('ed25519');
  throw new AwsError('ValidationException', `the local KMS does not offer KeySpec ${spec}`);
}

export function readMaterial(spec: string, material: Buffer): KeyObject {
  if (spec === 'SYMMETRIC_DEFAULT') return createSecretKey(material);
  return createPrivateKey({ key: material, format: 'der', type: 'pkcs8' });
}
