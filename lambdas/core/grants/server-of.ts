import { OAuthError } from '../errors.ts';
import type { ProtectedServer } from '../protected-server.ts';
import { keysOnly, takesTokens, tokenServers } from '../token-servers.ts';

/**
 * The server of a canonical resource; the first one that takes tokens if none is named.
 * @throws OAuthError invalid_target if there is no such server, or if it takes API keys only
 */
export function serverOf(resource: string | undefined, servers: readonly ProtectedServer[]): ProtectedServer {
  const found =
    resource === undefined ? tokenServers(servers)[0] : servers.find((server) => server.resource === resource);
  if (found && takesTokens(found)) return found;
  if (found || resource === undefined) throw keysOnly();
  throw new OAuthError('invalid_target', 'resource is unknown here; use the one of the protected resource metadata');
}
