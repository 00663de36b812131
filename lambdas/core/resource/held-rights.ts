/** What a caller holds at one server, by token or by key. */
export interface HeldRights {
  /** Space-separated scopes, implied ones not expanded. */
  readonly scope: string;
  /**
   * Tools that an API key names itself. Where there is this list and no scope, these and nothing else are open.
   * @default none
   */
  readonly tools?: readonly string[] | undefined;
  /** Id of the API key that the caller has instead of a token. */
  readonly keyId?: string | undefined;
}
