import { identityScopesIn } from '../identity/identity-scopes.ts';
import { parameter, parameterValues } from '../parameters.ts';
import type { ProtectedServer } from '../protected-server.ts';
import { splitScope } from '../split-scope.ts';
import { tokenServers } from '../token-servers.ts';

/**
 * Whether the request only signs the person in: `openid` without a resource and without any scope of the server that
 * it would otherwise mean. With a resource it comes from an MCP client that knew no scope to ask, as mcp-remote's
 * fallback `openid email profile`, and gets what a request without a scope gets (docs/decisions/0010).
 * @param servers at least one; the first that takes tokens is the default
 */
export function isSignInOnly(params: URLSearchParams, servers: readonly ProtectedServer[]): boolean {
  const asked = splitScope(parameter(params, 'scope'));
  if (identityScopesIn(asked).length === 0 || parameterValues(params, 'resource').length > 0) return false;
  return !tokenServers(servers)[0]?.scopes.some((scope) => asked.includes(scope.name));
}
