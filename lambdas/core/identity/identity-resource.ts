import { askableResources } from '../admin/admin-resource.ts';
import type { ProtectedServer } from '../protected-server.ts';

/**
 * The userinfo endpoint as a protected resource: what a request is for that only signs the person in, and the audience
 * of its access token, which therefore opens no MCP server (docs/decisions/0010).
 */
export function identityResource(issuer: string): ProtectedServer {
  const path = '/userinfo';
  return { id: 'userinfo', name: 'Sign-in', path, resource: `${issuer}${path}`, scopes: [] };
}

/** Everything that a token of this issuer can be good for: the MCP servers, the admin API and the userinfo endpoint. */
export function audiencesOf(known: {
  readonly issuer: string;
  readonly servers: readonly ProtectedServer[];
}): readonly ProtectedServer[] {
  return [...askableResources(known), identityResource(known.issuer)];
}
