import { envelope, legacyPost, modernPost } from '../../mcp/wire.ts';
import type { ClientShape } from './client-shape.ts';

/** The first MCP request of a client of that revision; its answer names the server. */
export function helloOf(revision: ClientShape['revision']): ReturnType<typeof legacyPost> {
  if (revision === '2026-07-28') return modernPost('server/discover', { _meta: envelope() });
  const params = { protocolVersion: revision, capabilities: {}, clientInfo: { name: 'replay', version: '1.0.0' } };
  const headers: Record<string, string> = revision < '2025-06-18' ? {} : { 'mcp-protocol-version': revision };
  return legacyPost({ jsonrpc: '2.0', id: 1, method: 'initialize', params }, headers);
}
