import type { ProtectedServer } from '../core/protected-server.ts';

/** The metadata document of an MCP server (RFC 9728 §2). */
export function protectedResourceMetadata(server: ProtectedServer, issuer: string): Record<string, unknown> {
  return {
    resource: server.resource,
    authorization_servers: [issuer],
    // SEP-2207: never offline_access; a resource has nothing to do with refresh tokens (RS-04).
    ...(server.scopes.length > 0 ? { scopes_supported: server.scopes.map((scope) => scope.name) } : {}),
    bearer_methods_supported: ['header'],
    resource_name: server.name,
  };
}
