import { tokensEnd } from '../admin/admin-grant.ts';
import { detailsAt } from '../authorization-details/details-at.ts';
import type { AuthorizationDetail } from '../authorization-request.ts';
import type { Grant } from '../grant.ts';
import type { ProtectedServer } from '../protected-server.ts';
import type { Actor } from '../resource/access-token-claims.ts';
import { signAccessToken } from '../tokens/access-token.ts';
import { mintRefreshToken } from '../tokens/handle.ts';
import { signIdToken } from '../tokens/id-token.ts';
import type { TokenDeps, TokenResponse } from './exchange-token.ts';

/**
 * Signs an access token for one server and adds the grant's current refresh token, if it has any, and an ID token if
 * `openid` was granted.
 * @param what `now`: epoch seconds of the transition that this answers
 * @throws OAuthError server_error if there is no key to sign with
 */
export async function issueTokens(
  grant: Grant,
  what: {
    readonly server: ProtectedServer;
    readonly scopes: readonly string[];
    /** Of the grant's code and refresh tokens. Absent where there are none. */
    readonly salt?: string;
    readonly now: number;
    /** Epoch second that the access token must not outlive. @default its usual lifetime from now */
    readonly until?: number;
    /** @default those of the grant that belong to the server */
    readonly details?: readonly AuthorizationDetail[] | undefined;
    /** RFC 8693 §4.1. */
    readonly act?: Actor;
    /** Thumbprint of the DPoP key to which the access token is bound; undefined: a bearer token. */
    readonly dpopJkt: string | undefined;
  },
  deps: TokenDeps,
): Promise<TokenResponse> {
  const { gid, sub, clientId, generation } = grant;
  const until = Math.min(what.until ?? Infinity, tokensEnd(grant, deps.issuer));
  const seconds = Math.min(deps.lifetimes.accessToken, until - what.now);
  const scope = what.scopes.join(' ');
  const times = { iat: what.now, exp: what.now + seconds, jti: deps.entropy.token(16) };
  // RFC 9396 §7, §9.1: in the token, and echoed beside it
  const details = what.details ?? detailsAt(what.server, grant.authorizationDetails);
  const echo = details && { authorization_details: details };
  const base = {
    iss: deps.issuer,
    sub,
    aud: what.server.resource,
    ...times,
    client_id: clientId,
    scope,
    gid,
    ...(what.act && { act: what.act }),
    ...echo,
  };
  // RFC 9449 §6.1
  const claims = what.dpopJkt === undefined ? base : { ...base, cnf: { jkt: what.dpopJkt } };
  const access_token = await signAccessToken(claims, deps);
  deps.audit.record({ type: 'token.issued', clientId, sub, gid, server: what.server.id, scopes: what.scopes });
  // RFC 9449 §5
  const token_type = what.dpopJkt === undefined ? 'Bearer' : 'DPoP';
  const id_token = await idTokenFor(grant, { accessToken: access_token, scopes: what.scopes, ...times }, deps);
  const answer = {
    access_token,
    token_type,
    expires_in: seconds,
    scope,
    ...echo,
    ...(id_token && { id_token }),
  } as const;
  if (!grant.refreshable || what.salt === undefined) return answer;
  return { ...answer, refresh_token: mintRefreshToken(await deps.pepper.read(), { gid, salt: what.salt, generation }) };
}

/** One more signature, only where the client asked who the person is (OIDC Core §3.1.3.3). */
async function idTokenFor(
  grant: Grant,
  token: Omit<Parameters<typeof signIdToken>[1], 'withNonce'>,
  deps: TokenDeps,
): Promise<string | undefined> {
  if (!token.scopes.includes('openid') || !grant.identityScopes) return undefined;
  // The first token of a grant answers the request that had the nonce.
  return signIdToken(grant, { ...token, withNonce: grant.generation <= 1 }, deps);
}
