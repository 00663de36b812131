/** Secrets of machine clients, where AWS workloads read them by their IAM role (F-B5). */
export interface ClientSecrets {
  /**
   * Puts a secret in place of the one before, or makes it; idempotent.
   * @param readers ARNs of IAM principals that may read it besides those whom their own policies allow
   * @returns its ARN
   */
  put(clientId: string, secret: string, readers: readonly string[]): Promise<string>;
  /** Deletes it; idempotent. */
  remove(clientId: string): Promise<void>;
}
