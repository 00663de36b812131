import type { McpServer } from '@modelcontextprotocol/server';
import type { Caller } from '../contract/caller.ts';
import type { PathNarrowing } from '../core/resource/path-narrowing.ts';

/** One request of a verified caller. */
export interface Session {
  /** From the guard. Whose data a tool touches is decided by `caller.sub`, never by an argument. */
  readonly caller: Caller;
  /** Whether the caller's scopes or key open a tool; register only those, so that `tools/list` offers nothing in vain. */
  readonly mayCall: (tool: string) => boolean;
  /**
   * The paths to which the caller's key or token is narrowed. What they mean is the server's: each tool that touches
   * something asks `paths.allows('workspace/acme/…')` first.
   */
  readonly paths: PathNarrowing;
}

/**
 * Builds the MCP server of one request. Declare `tools: { listChanged: false }`: a Lambda function is gone after its
 * answer, and with it whoever could announce a change, while an open subscription would be billed for minutes.
 */
export type BuildServer = (session: Session) => McpServer;
