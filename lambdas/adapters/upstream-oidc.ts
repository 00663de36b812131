import type { IDToken } from 'openid-client';
import * as oidc from 'openid-client';
import type { IdentityProvider } from '../core/ports/identity-provider.ts';
import { IdentityProviderError } from '../core/ports/identity-provider.ts';
import type { Person } from '../core/person.ts';
import { identityProviderError } from './identity-provider-error.ts';
import type { UpstreamOidcOptions } from './upstream-configuration.ts';
import { upstreamConfiguration } from './upstream-configuration.ts';

export type { UpstreamOidcOptions } from './upstream-configuration.ts';

/** Sign-in at an OpenID provider: authorization code flow with PKCE, state and nonce; the id_token's signature is verified. */
export function upstreamOidc(options: UpstreamOidcOptions): IdentityProvider {
  const { redirectUri } = options;
  const configuration = upstreamConfiguration(options);

  return {
    async signInUrl({ state, nonce, codeVerifier }) {
      const config = await configuration();
      const url = oidc.buildAuthorizationUrl(config, {
        redirect_uri: redirectUri,
        scope: 'openid email profile',
        state,
        nonce,
        // RFC 7636 §4.3
        code_challenge: await oidc.calculatePKCECodeChallenge(codeVerifier),
        code_challenge_method: 'S256',
      });
      return url.href;
    },

    async verify(answer, { state, nonce, codeVerifier }) {
      const config = await configuration();
      const checks = {
        expectedState: state,
        expectedNonce: nonce,
        pkceCodeVerifier: codeVerifier,
        idTokenExpected: true,
      };
      try {
        const tokens = await oidc.authorizationCodeGrant(config, new URL(`${redirectUri}?${answer}`), checks);
        const claims = tokens.claims();
        if (!claims) throw new IdentityProviderError('invalid', 'the identity provider sent no id_token');
        return personOf(claims, await emailOf(config, claims, tokens.access_token));
      } catch (error) {
        throw identityProviderError(error);
      }
    },
  };
}

function personOf(claims: IDToken, email: string | undefined): Person {
  return {
    sub: claims.sub,
    ...(email === undefined ? {} : { email }),
    ...(typeof claims['name'] === 'string' ? { name: claims['name'] } : {}),
    // OpenID Connect Core §2: `auth_time` is optional
    authTime: claims.auth_time ?? claims.iat,
  };
}

/** The claim of the id_token, or of the UserInfo endpoint where the id_token has none. Never one known to be unverified. */
async function emailOf(config: oidc.Configuration, claims: IDToken, accessToken: string): Promise<string | undefined> {
  if (claims['email'] !== undefined || !config.serverMetadata().userinfo_endpoint) return verifiedEmail(claims);
  // Nobody is kept out for want of an e-mail address. The call refuses another person's answer (OIDC Core §5.3.2).
  const answer = await oidc.fetchUserInfo(config, accessToken, claims.sub).catch(() => ({}));
  return verifiedEmail(answer);
}

function verifiedEmail(claims: Readonly<Record<string, unknown>>): string | undefined {
  const { email, email_verified: verified } = claims;
  // Some providers send the flag as a string
  return typeof email === 'string' && verified !== false && verified !== 'false' ? email.toLowerCase() : undefined;
}
