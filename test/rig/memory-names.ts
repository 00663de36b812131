import type { Names } from '../../lambdas/core/ports/names.ts';

/** Names in memory, for rules that need no more of them; test/adapters has the table. */
export class MemoryNames implements Names {
  readonly #holders = new Map<string, string>();

  async take(kind: string, name: string, holder: string): Promise<boolean> {
    const key = `${kind} ${name}`;
    if (!this.#holders.has(key)) this.#holders.set(key, holder);
    return this.#holders.get(key) === holder;
  }

  async free(kind: string, name: string, holder: string): Promise<void> {
    const key = `${kind} ${name}`;
    if (this.#holders.get(key) === holder) this.#holders.delete(key);
  }
}
