import { digest } from '../../lambdas/core/digest.ts';
import type { ClientSecrets } from '../../lambdas/core/ports/client-secrets.ts';
import { UnknownReaders } from '../../lambdas/core/ports/client-secrets.ts';

interface Kept {
  readonly versions: Map<string, string>;
  current: string;
  readers: readonly string[];
}

/** Secrets of clients as a test sees them; test/adapters has the service itself. */
export class MemorySecrets implements ClientSecrets {
  readonly kept = new Map<string, Kept>();
  /** Called before each change, which waits for it; what it throws is what the service answers. */
  before: (action: 'put' | 'allow' | 'makeCurrent' | 'remove') => Promise<void> | void = () => undefined;

  /** What a reader gets now. */
  read(clientId: string): string | undefined {
    const kept = this.kept.get(clientId);
    return kept?.versions.get(kept.current);
  }

  async put(clientId: string, secret: string) {
    await this.before('put');
    const id = digest(secret);
    const kept = this.kept.get(clientId) ?? { versions: new Map<string, string>(), current: id, readers: [] };
    if (!kept.versions.has(id)) kept.current = id;
    kept.versions.set(id, secret);
    this.kept.set(clientId, kept);
    return `arn:aws:secretsmanager:us-east-1:000000000000:secret:clients/${clientId}-AbC123`;
  }
  async isCurrent(clientId: string, secretDigest: string) {
    return this.kept.get(clientId)?.current === secretDigest;
  }
  async makeCurrent(clientId: string, secretDigest: string) {
    await this.before('makeCurrent');
    const kept = this.kept.get(clientId);
    if (kept?.versions.has(secretDigest)) kept.current = secretDigest;
  }
  async allow(clientId: string, readers: readonly string[]) {
    await this.before('allow');
    if (readers.some((name) => name.endsWith('/nobody'))) throw new UnknownReaders('unknown');
    const kept = this.kept.get(clientId);
    if (kept) kept.readers = readers;
  }
  async remove(clientId: string) {
    await this.before('remove');
    this.kept.delete(clientId);
  }
}
