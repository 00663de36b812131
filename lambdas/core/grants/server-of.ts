import { OAuthError } from '../errors.ts';
import type { ProtectedServer } from '../protected-server.ts';

/**
 * The server of a canonical resource; the first one if none is named.
 * @throws OAuthError invalid_target if there is no such server
 */
export function serverOf(resource: string | undefined, servers: readonly ProtectedServer[]): ProtectedServer {
  const found = resource === undefined ? servers[0] : servers.find((server) => server.resource === resource);
  if (found) return found;
  throw new OAuthError('invalid_target', 'resource is unknown here; use the one of the protected resource metadata');
}
