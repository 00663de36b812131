import type { ProtectedServer, Scope } from '../protected-server.ts';
import { expandScopes } from './expand-scopes.ts';
import type { HeldRights } from './held-rights.ts';
import { scopesForTool } from './scopes-for-tool.ts';

type Server = Pick<ProtectedServer, 'scopes'>;

/**
 * What a caller must have before calling a tool.
 * @returns empty if the call is allowed; for a token every scope to put into the challenge, in the server's order; for
 *   an API key the one permission that it lacks: a scope, or `tool:<name>` where no scope opens the tool
 */
export function missingForCall(server: Server, held: HeldRights, tool: string): readonly string[] {
  if (held.tools?.includes(tool)) return [];
  const granted = held.scope.split(' ').filter((name) => name !== '');
  const opening = scopesForTool(server, tool);
  if (opening.length === 0) {
    const isToolsOnly = held.tools !== undefined && granted.length === 0;
    return isToolsOnly ? [`tool:${tool}`] : [];
  }
  const expanded = expandScopes(granted, server);
  if (opening.some((candidate) => expanded.has(candidate.name))) return [];
  const needed = narrowest(opening, server);
  // Nobody steps up from a key: its permissions stay what they are.
  if (held.keyId !== undefined) return [needed.name];
  // RS-07, clients.md pain 21: clients replace their scopes by those of the challenge, so it repeats the granted ones.
  return server.scopes.map(({ name }) => name).filter((name) => name === needed.name || granted.includes(name));
}

/** The scope that lets the client do the least besides; the earlier one of equals. */
function narrowest(scopes: readonly Scope[], server: Server): Scope {
  const width = (scope: Scope): number => expandScopes([scope.name], server).size;
  return scopes.reduce((best, scope) => (width(scope) < width(best) ? scope : best));
}
