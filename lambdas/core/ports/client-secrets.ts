/**
 * Secrets of clients in Secrets Manager, where AWS workloads read them by their IAM role (F-B5, docs/decisions/0025). A
 * secret is known there by its digest too, so that two who change it at once can settle whose is current.
 */
export interface ClientSecrets {
  /**
   * Makes a secret the current one, in place of the one before if there is one; idempotent: a secret that was put
   * before is not made current again.
   * @returns its ARN
   */
  put(clientId: string, secret: string): Promise<string>;
  /** Whether the secret with this digest is what readers get. */
  isCurrent(clientId: string, secretDigest: string): Promise<boolean>;
  /** Makes a secret that was put before the current one; nothing happens if it was never put. */
  makeCurrent(clientId: string, secretDigest: string): Promise<void>;
  /**
   * Who may read it besides those whom their own policies allow, in place of those before; idempotent.
   * @param readers ARNs of IAM principals
   * @throws UnknownReaders if AWS does not know one of them; nothing changes then
   */
  allow(clientId: string, readers: readonly string[]): Promise<void>;
  /** Deletes it for good; idempotent. */
  remove(clientId: string): Promise<void>;
}

/** AWS knows no principal of such a name. */
export class UnknownReaders extends Error {
  override readonly name = 'UnknownReaders';
}
