import type { SigningKey } from './signing-keys.ts';

/** Signs where the private key is (KMS). */
export interface Signer {
  /**
   * @param key which key
   * @param input JWS signing input, ASCII bytes
   * @returns the signature as JWS wants it (RFC 7518 §3: raw r‖s for ECDSA)
   */
  sign(key: SigningKey, input: Uint8Array): Promise<Uint8Array>;
}
