/** Who makes a key, and whom it stands for. */
export interface KeyMaker {
  /** Subject of the person. */
  readonly owner: string;
  readonly email?: string | undefined;
  /** `owner`: calls are the person's own; `program`: they are those of `key:<id>`, with data of its own. */
  readonly actsAs: 'owner' | 'program';
  /**
   * Epoch seconds: before it was looked up that the owner may do this, so that no revocation falls between
   * (docs/decisions/0021).
   * @default now
   */
  readonly begunAt?: number | undefined;
  /** Who repeats it within ten minutes with the same input gets the same key. @default none */
  readonly idempotencyKey?: string | undefined;
}
