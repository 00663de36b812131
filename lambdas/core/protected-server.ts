/** A scope of an MCP server. */
export interface Scope {
  readonly name: string;
  readonly description: string;
  readonly implies: readonly string[];
  readonly tools: readonly string[];
  readonly optional: boolean;
}

/** An MCP server behind the gate: a protected resource in the words of RFC 9728. */
export interface ProtectedServer {
  readonly id: string;
  readonly name: string;
  readonly path: string;
  /** Absolute URL of the MCP endpoint and, byte for byte, its resource identifier (RFC 8707). */
  readonly resource: string;
  readonly scopes: readonly Scope[];
  /**
   * Types of `authorization_details` that it understands (RFC 9396 §2).
   * @default none
   */
  readonly authorizationDetailTypes?: readonly string[] | undefined;
  /**
   * Whether API keys open it. `only`: nothing else does, and no token is made for it.
   * @default 'accepted'
   */
  readonly apiKeys?: 'accepted' | 'only' | 'refused' | undefined;
}
