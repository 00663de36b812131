import { OAuthError } from '../errors.ts';
import { identityScopesIn } from '../identity/identity-scopes.ts';
import { parameter } from '../parameters.ts';
import type { ProtectedServer } from '../protected-server.ts';
import { splitScope } from '../split-scope.ts';

/**
 * The scopes of servers that the client asks for, in the order of their lists; those of OpenID Connect aside.
 * @param servers those of the request
 * @throws OAuthError invalid_scope if it asks for some and none of them is known
 */
export function checkScope(params: URLSearchParams, servers: readonly ProtectedServer[]): readonly string[] {
  const known = [...new Set(servers.flatMap((server) => server.scopes.map((scope) => scope.name)))];
  const asked = splitScope(parameter(params, 'scope'));
  // OAuth 2.1 §3.2.2.1: without a scope the server's default applies; here everything, and the person decides.
  if (asked.length === 0) return known;
  // OAuth 2.1 §3.2.2.1: what cannot be granted is left out, and the token response says so (clients.md pain 15).
  const granted = known.filter((name) => asked.includes(name));
  if (granted.length > 0) return granted;
  // An MCP client that knew no scope to ask falls back to `openid email profile` (docs/decisions/0010).
  if (identityScopesIn(asked).length > 0) return known;
  throw new OAuthError('invalid_scope', `scope names nothing that exists here; choose from: ${known.join(' ')}`);
}
