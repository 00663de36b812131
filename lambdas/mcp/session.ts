import type { McpServer } from '@modelcontextprotocol/server';
import type { Caller } from '../contract/caller.ts';

/** One request of a verified caller. */
export interface Session {
  /** From the guard. Whose data a tool touches is decided by `caller.sub`, never by an argument. */
  readonly caller: Caller;
  /** Whether the caller's scopes open a tool; register only those, so that `tools/list` offers nothing in vain. */
  readonly mayCall: (tool: string) => boolean;
}

/**
 * Builds the MCP server of one request. Declare `tools: { listChanged: false }`: a Lambda function is gone after its
 * answer, and with it whoever could announce a change, while an open subscription would be billed for minutes.
 */
export type BuildServer = (session: Session) => McpServer;
