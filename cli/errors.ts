/** What was typed makes no sense: exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** It was understood and did not work: exit code 1. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
  /** What helps, a sentence. */
  readonly cure: string | undefined;

  /** @param message what happened, for people */
  constructor(message: string, options: { readonly cure?: string | undefined; readonly cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.cure = options.cure;
  }
}
