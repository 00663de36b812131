import type { ProtectedServer, Scope } from '../protected-server.ts';

/**
 * The scopes that open a tool; any one of them is enough. None: the tool is open to every valid token of the server.
 */
export function scopesForTool(server: Pick<ProtectedServer, 'scopes'>, tool: string): readonly Scope[] {
  return server.scopes.filter((scope) => scope.tools.includes(tool));
}
