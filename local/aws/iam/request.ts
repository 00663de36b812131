/** One thing that a call wants to do; a batch wants several. */
export interface AccessRequest {
  /** `dynamodb:GetItem`. */
  readonly action: string;
  /** ARN, or `*` for operations that have no resource. */
  readonly resource: string;
  /** Condition keys that can be computed from the call. */
  readonly context?: ConditionContext;
}

/**
 * Values by condition key. No entry: the local cloud does not know the key. `undefined`: it knows that the call
 * carries no such value. `'unknown'`: the call carries one that cannot be computed here.
 */
export type ConditionContext = Readonly<Record<string, readonly string[] | 'unknown' | undefined>>;
