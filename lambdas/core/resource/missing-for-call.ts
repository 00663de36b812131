import type { ProtectedServer, Scope } from '../protected-server.ts';
import { expandScopes } from './expand-scopes.ts';
import { scopesForTool } from './scopes-for-tool.ts';

/**
 * What a caller must ask for before calling a tool.
 * @param scope space-separated scopes of the token
 * @returns empty if the call is allowed; otherwise every scope to put into the challenge, in the server's order
 */
export function missingForCall(
  server: Pick<ProtectedServer, 'scopes'>,
  scope: string,
  tool: string,
): readonly string[] {
  const granted = scope.split(' ').filter((name) => name !== '');
  const held = expandScopes(granted, server);
  const opening = scopesForTool(server, tool);
  if (opening.length === 0 || opening.some((candidate) => held.has(candidate.name))) return [];
  const needed = narrowest(opening, server);
  // RS-07, clients.md pain 21: clients replace their scopes by those of the challenge, so it repeats the granted ones.
  return server.scopes.map(({ name }) => name).filter((name) => name === needed.name || granted.includes(name));
}

/** The scope that lets the client do the least besides; the earlier one of equals. */
function narrowest(scopes: readonly Scope[], server: Pick<ProtectedServer, 'scopes'>): Scope {
  const width = (scope: Scope): number => expandScopes([scope.name], server).size;
  return scopes.reduce((best, scope) => (width(scope) < width(best) ? scope : best));
}
