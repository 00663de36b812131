import type { ProtectedServer } from '../protected-server.ts';

/** Those of the names that are scopes of this server, in its order. */
export function scopesAt(server: Pick<ProtectedServer, 'scopes'>, names: readonly string[]): readonly string[] {
  return server.scopes.map((scope) => scope.name).filter((name) => names.includes(name));
}
