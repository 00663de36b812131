/** What the runner and a function instance say to each other over the process channel. */
export type ToInstance = {
  readonly kind: 'invoke';
  readonly requestId: string;
  readonly event: string;
  /** Epoch milliseconds. */
  readonly deadline: number;
};

export type FromInstance =
  | { readonly kind: 'ready' }
  | { readonly kind: 'chunk'; readonly data: Uint8Array }
  | { readonly kind: 'result'; readonly payload: string }
  | { readonly kind: 'error'; readonly error: FunctionError; readonly fatal: boolean }
  | { readonly kind: 'log'; readonly level: string; readonly text: string };

/** An error as Lambda reports it to the caller. */
export interface FunctionError {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace?: readonly string[];
}
