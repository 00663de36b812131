import { OAuthError } from '../errors.ts';
import type { Grant } from '../grant.ts';
import type { ProtectedServer } from '../protected-server.ts';
import { expandScopes } from '../resource/expand-scopes.ts';
import { tokenServers } from '../token-servers.ts';

/**
 * The server for which a token of this grant is good.
 * @throws OAuthError invalid_grant if none of the grant's servers stands here, or takes tokens, any more
 */
export function audienceOf(
  grant: Grant,
  asked: string | undefined,
  servers: readonly ProtectedServer[],
): ProtectedServer {
  const wanted = asked === undefined ? grant.resources : [asked];
  const found = wanted.flatMap((resource) => tokenServers(servers).filter((server) => server.resource === resource))[0];
  if (found) return found;
  throw new OAuthError('invalid_grant', 'the server of this grant is gone; start the authorization again', {
    reason: 'server_gone',
  });
}

/**
 * The scopes of a token: those of the grant that belong to its audience or to no resource at all (`openid` and the like),
 * or the narrower ones that were asked.
 * @param asked empty: everything granted, as clients expect that send no scope with a refresh
 * @throws OAuthError invalid_scope if something was asked that the person did not allow
 */
export function tokenScopes(grant: Grant, server: ProtectedServer, asked: readonly string[]): readonly string[] {
  const here = server.scopes.map((scope) => scope.name);
  const identity = grant.identityScopes ?? [];
  const allowed = grant.scopesByResource?.[server.resource] ?? grant.scopes;
  const granted = [...here.filter((name) => allowed.includes(name)), ...identity];
  if (asked.length === 0) return granted;
  // A scope that includes a narrower one may be traded for it (RS-08).
  const within = new Set([...expandScopes(granted, server), ...identity]);
  // OAuth 2.1 §4.3.1: no scope that was not granted. Names that mean nothing here were left out from the start.
  const known = [...here, ...identity].filter((name) => asked.includes(name));
  if (known.length > 0 && known.every((name) => within.has(name))) return known;
  throw new OAuthError('invalid_scope', `scope asks for more than was granted; choose from: ${granted.join(' ')}`, {
    reason: 'scope_widened',
  });
}
