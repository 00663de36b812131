/** Names that two of a kind must not share. */
export interface Names {
  /**
   * Takes a name for `holder`; conditional writes, so that of any number of parallel takers exactly one gets it.
   * @param kind such as `client`, or `api-key#<owner>`
   * @param isGone whether an earlier holder needs the name no more: what crashed halfway must not block a name. Not
   *   asked in the first minute, because a holder takes its name before it exists
   * @param now epoch seconds
   * @returns false if another one holds it; true too if `holder` held it already
   */
  take(
    kind: string,
    name: string,
    holder: string,
    isGone: (holder: string) => Promise<boolean>,
    now: number,
  ): Promise<boolean>;
  /** Frees a name if `holder` has it; idempotent. */
  free(kind: string, name: string, holder: string): Promise<void>;
}
