import type { Signer } from '../core/ports/signer.ts';
import type { SigningAlgorithm } from '../core/ports/signing-keys.ts';
import { derToRawSignature } from './der-to-raw-signature.ts';
import type { CallConfig } from './signed-call.ts';
import { signedCall } from './signed-call.ts';

const inKms: Record<SigningAlgorithm, string> = {
  RS256: 'RSASSA_PKCS1_V1_5_SHA_256',
  ES256: 'ECDSA_SHA_256',
  EdDSA: 'ED25519_SHA_512',
};

/**
 * Signs in KMS, where the private key stays.
 * @param config overrides, for tests
 */
export function kmsSigner(config: CallConfig = {}): Signer {
  return {
    async sign({ keyArn, algorithm }, input) {
      const Message = Buffer.from(input).toString('base64');
      // RAW: KMS hashes by itself. Ed25519 takes nothing else, and 4096 bytes hold our tokens twice over.
      const body = { KeyId: keyArn, Message, MessageType: 'RAW', SigningAlgorithm: inKms[algorithm] };
      const call = { service: 'kms', target: 'TrentService.Sign', body } as const;
      const { Signature } = await signedCall<{ Signature?: string }>(call, config);
      if (!Signature) throw new Error(`KMS gave no signature for ${keyArn}`);
      const signature = new Uint8Array(Buffer.from(Signature, 'base64'));
      // RFC 7518 §3.4: JWS wants R and S side by side, KMS gives them in DER
      return algorithm === 'ES256' ? derToRawSignature(signature, 32) : signature;
    },
  };
}
