import type { KMSClientConfig, SigningAlgorithmSpec } from '@aws-sdk/client-kms';
import { KMSClient, SignCommand } from '@aws-sdk/client-kms';
import type { Signer } from '../core/ports/signer.ts';
import type { SigningAlgorithm } from '../core/ports/signing-keys.ts';
import { derToRawSignature } from './der-to-raw-signature.ts';
import { requestLimits } from './request-limits.ts';

const inKms: Record<SigningAlgorithm, SigningAlgorithmSpec> = {
  RS256: 'RSASSA_PKCS1_V1_5_SHA_256',
  ES256: 'ECDSA_SHA_256',
  EdDSA: 'ED25519_SHA_512',
};

/**
 * Signs in KMS, where the private key stays.
 * @param config overrides, for tests
 */
export function kmsSigner(config: KMSClientConfig = {}): Signer {
  const client = new KMSClient({ ...requestLimits, ...config });
  return {
    async sign({ keyArn, algorithm }, input) {
      // RAW: KMS hashes by itself. Ed25519 takes nothing else, and 4096 bytes hold our tokens twice over.
      const { Signature } = await client.send(
        new SignCommand({ KeyId: keyArn, Message: input, MessageType: 'RAW', SigningAlgorithm: inKms[algorithm] }),
      );
      if (!Signature) throw new Error(`KMS gave no signature for ${keyArn}`);
      // RFC 7518 §3.4: JWS wants R and S side by side, KMS gives them in DER
      return algorithm === 'ES256' ? derToRawSignature(Signature, 32) : Signature;
    },
  };
}
