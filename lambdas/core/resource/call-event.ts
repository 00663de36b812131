import type { AuditEvent } from '../ports/audit.ts';

/**
 * What is recorded of a tool call, wherever it is seen.
 * @param missing scopes, or permissions of a key, that the call needs beyond the caller's; empty if it may pass
 */
export function callEvent(
  tool: string,
  missing: readonly string[],
  caller: { readonly sub: string; readonly clientId: string; readonly gid: string; readonly scope: string },
  server: { readonly id: string },
): AuditEvent {
  const { sub, clientId, gid, scope } = caller;
  const call = { tool, server: server.id, sub, clientId, gid };
  const scopes = scope.split(' ').filter((name) => name !== '');
  if (missing.length === 0) return { type: 'tool.called', ...call, scopes };
  return { type: 'tool.refused', decision: 'refused', reason: 'insufficient_scope', ...call, scopes: missing };
}
