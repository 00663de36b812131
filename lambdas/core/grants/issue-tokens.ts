import type { Grant } from '../grant.ts';
import type { ProtectedServer } from '../protected-server.ts';
import { signAccessToken } from '../tokens/access-token.ts';
import { mintRefreshToken } from '../tokens/handle.ts';
import type { TokenDeps, TokenResponse } from './exchange-token.ts';

/**
 * Signs an access token for one server and adds the grant's current refresh token, if it has any.
 * @param what `now`: epoch seconds of the transition that this answers
 * @throws OAuthError server_error if there is no key to sign with
 */
export async function issueTokens(
  grant: Grant,
  what: {
    readonly server: ProtectedServer;
    readonly scopes: readonly string[];
    readonly salt: string;
    readonly now: number;
    /** Thumbprint of the DPoP key to which the access token is bound; undefined: a bearer token. */
    readonly dpopJkt: string | undefined;
  },
  deps: TokenDeps,
): Promise<TokenResponse> {
  const { gid, sub, clientId, generation } = grant;
  const { accessToken: seconds } = deps.lifetimes;
  const scope = what.scopes.join(' ');
  const times = { iat: what.now, exp: what.now + seconds, jti: deps.entropy.token(16) };
  const claims = { iss: deps.issuer, sub, aud: what.server.resource, ...times, client_id: clientId, scope, gid };
  const access_token = await signAccessToken(claims, deps);
  deps.audit.record({ type: 'token.issued', clientId, sub, gid });
  const answer = { access_token, token_type: 'Bearer', expires_in: seconds, scope } as const;
  if (!grant.refreshable) return answer;
  return { ...answer, refresh_token: mintRefreshToken(await deps.pepper.read(), { gid, salt: what.salt, generation }) };
}
