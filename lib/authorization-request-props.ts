/** How clients may send authorization requests. */
export interface AuthorizationRequestProps {
  /**
   * Whether every client must push its authorization requests beforehand (RFC 9126). MCP clients of today do not.
   * @default false they may
   */
  readonly requirePushedAuthorizationRequests?: boolean;
}
