import type { ProtectedServer } from '../../core/protected-server.ts';

/** The servers that take API keys. */
export function keyServers({ servers }: { readonly servers: readonly ProtectedServer[] }): readonly ProtectedServer[] {
  return servers.filter(({ apiKeys }) => apiKeys !== 'refused');
}
