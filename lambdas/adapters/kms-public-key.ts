import type { KMSClientConfig } from '@aws-sdk/client-kms';
import type { SigningAlgorithm, SigningKey } from '../core/ports/signing-keys.ts';

/** Reads the public half of a KMS key as a signing key. @param now epoch seconds @param config overrides, for tests */
export async function publicSigningKey(
  _keyArn: string,
  _algorithm: SigningAlgorithm,
  _now: number,
  _config: KMSClientConfig = {},
): Promise<SigningKey> {
  throw new Error('not built yet');
}
