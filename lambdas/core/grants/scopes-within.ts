import { OAuthError } from '../errors.ts';
import type { ProtectedServer } from '../protected-server.ts';
import { expandScopes } from '../resource/expand-scopes.ts';

/**
 * The scopes of a token for which no person was asked: those of the server that are allowed and were asked.
 * @param allowed names that may be given; what they imply may be given too (RS-08). Undefined: all of the server
 * @param asked empty: everything that is allowed
 * @throws OAuthError invalid_scope if nothing remains
 */
export function scopesWithin(
  server: ProtectedServer,
  allowed: readonly string[] | undefined,
  asked: readonly string[],
): readonly string[] {
  const here = server.scopes.map((scope) => scope.name);
  // A server without scopes is open to every token that is made for it.
  if (here.length === 0) return [];
  const limit = allowed ?? here;
  const within = expandScopes(limit, server);
  // OAuth 2.1 §3.2.2.1: what cannot be given is left out, and the answer says what was given.
  const given = here.filter((name) =>
    asked.length === 0 ? limit.includes(name) : asked.includes(name) && within.has(name),
  );
  if (given.length > 0) return given;
  throw new OAuthError('invalid_scope', 'none of the scopes that were asked may be given; ask for fewer or for none', {
    reason: 'scope_not_allowed',
  });
}
