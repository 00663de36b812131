import type { SigningAlgorithm, SigningKey } from './signing-keys.ts';

/** The keys as administrators see and change them. */
export interface SigningKeyRing {
  /** Every key that was ever stored, read with strong consistency; those that are gone as well. */
  all(): Promise<readonly StoredKey[]>;
  /**
   * Makes a key in KMS. Its private half never leaves it; nobody publishes it before `publish`.
   * @param now epoch seconds
   */
  make(algorithm: SigningAlgorithm, now: number): Promise<SigningKey>;
  /** Stores a new key by one write: from then on JWKS has it. */
  publish(key: StoredKey): Promise<void>;
  /** Retires a key by one write that leaves the first `retiredAt` as it was. @returns false if there is no such key */
  retire(kid: string, at: { readonly retiredAt: number; readonly goneAt: number }): Promise<boolean>;
}

export interface StoredKey extends SigningKey {
  /** Digest of the request that made it, so that a repeated one makes no other. */
  readonly madeBy?: string;
}
