import { dpopMetadata } from './dpop/dpop-metadata.ts';
import type { ProtectedServer } from './protected-server.ts';

/** The metadata document of an MCP server (RFC 9728 §2). */
export function protectedResourceMetadata(server: ProtectedServer, issuer: string): Record<string, unknown> {
  return {
    resource: server.resource,
    authorization_servers: [issuer],
    // SEP-2207: never offline_access; a resource has nothing to do with refresh tokens (RS-04).
    ...(server.scopes.length > 0 ? { scopes_supported: server.scopes.map((scope) => scope.name) } : {}),
    // RFC 9728 §2, RFC 9396 §10
    ...(server.authorizationDetailTypes?.length
      ? { authorization_details_types_supported: server.authorizationDetailTypes }
      : {}),
    bearer_methods_supported: ['header'],
    resource_name: server.name,
    // RFC 9728 §2: a client may bind its tokens to a key, and none has to.
    ...dpopMetadata,
    dpop_bound_access_tokens_required: false,
  };
}
