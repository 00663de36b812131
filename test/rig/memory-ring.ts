import { generateKeyPairSync } from 'node:crypto';
import type { SigningKeyRing, StoredKey } from '../../lambdas/core/ports/signing-key-ring.ts';
import type { SigningKey } from '../../lambdas/core/ports/signing-keys.ts';

/** Signing keys as a test sees them; test/adapters has KMS and the table. */
export class MemoryRing implements SigningKeyRing {
  stored: readonly StoredKey[];
  /** Called before each change, which waits for it. */
  before: () => Promise<void> | void = () => undefined;
  #made = 0;

  constructor(stored: readonly StoredKey[] = []) {
    this.stored = stored;
  }

  async all(): Promise<readonly StoredKey[]> {
    return this.stored;
  }

  async make(algorithm: SigningKey['algorithm'], now: number): Promise<SigningKey> {
    await this.before();
    this.#made += 1;
    const kid = `made-${this.#made}`;
    const jwk = generateKeyPairSync('ed25519').publicKey.export({ format: 'jwk' }) as Record<string, string>;
    const publicJwk = { ...jwk, kty: 'OKP', kid, alg: algorithm, use: 'sig' } as const;
    return { kid, algorithm, keyArn: `arn:aws:kms:::key/${kid}`, publicJwk, state: 'signing', createdAt: now };
  }

  async publish(key: StoredKey): Promise<void> {
    this.stored = [...this.stored, key];
  }

  async retire(kid: string, at: { readonly retiredAt: number; readonly goneAt: number }): Promise<boolean> {
    await this.before();
    this.stored = this.stored.map((key) => (key.kid === kid ? { ...key, ...at } : key));
    return this.stored.some((key) => key.kid === kid);
  }
}
