import type { ProtectedServer, Scope } from '../protected-server.ts';

type Server = Pick<ProtectedServer, 'scopes'>;

/**
 * The granted scopes with everything that they imply (RS-08): through `implies`, over any number of steps, and by
 * name, where `todos:*` covers every scope of the server that starts with `todos:`. Granted names that the server
 * does not know open nothing and are left out.
 */
export function expandScopes(granted: Iterable<string>, server: Server): ReadonlySet<string> {
  const names = new Set(granted);
  const expanded = new Set<string>();
  const waiting = server.scopes.filter((scope) => names.has(scope.name));
  for (let scope = waiting.pop(); scope; scope = waiting.pop()) {
    if (expanded.has(scope.name)) continue;
    expanded.add(scope.name);
    waiting.push(...impliedBy(scope, server));
  }
  return expanded;
}

function impliedBy(scope: Scope, server: Server): readonly Scope[] {
  const patterns = [scope.name, ...scope.implies];
  return server.scopes.filter((other) => patterns.some((pattern) => covers(pattern, other.name)));
}

function covers(pattern: string, name: string): boolean {
  return pattern.endsWith(':*') ? name.startsWith(pattern.slice(0, -1)) : name === pattern;
}
