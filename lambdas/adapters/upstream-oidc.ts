import type { IDToken } from 'openid-client';
import * as oidc from 'openid-client';
import type { IdentityProvider, SignInWish } from '../core/ports/identity-provider.ts';
import { IdentityProviderError } from '../core/ports/identity-provider.ts';
import type { Person } from '../core/person.ts';
import { groupsIn } from './groups-in.ts';
import { identityProviderError } from './identity-provider-error.ts';
import type { UpstreamOidcOptions } from './upstream-configuration.ts';
import { upstreamConfiguration } from './upstream-configuration.ts';

export type { UpstreamOidcOptions } from './upstream-configuration.ts';

/** Sign-in at an OpenID provider: authorization code flow with PKCE, state and nonce; the id_token's signature is verified. */
export function upstreamOidc(options: UpstreamOidcOptions): IdentityProvider {
  const { redirectUri, groups: known } = options;
  const configuration = upstreamConfiguration(options);

  return {
    async signInUrl({ state, nonce, codeVerifier, ...wish }) {
      const config = await configuration();
      const url = oidc.buildAuthorizationUrl(config, {
        redirect_uri: redirectUri,
        scope: 'openid email profile',
        state,
        nonce,
        // RFC 7636 §4.3
        code_challenge: await oidc.calculatePKCECodeChallenge(codeVerifier),
        code_challenge_method: 'S256',
        ...wishParameters(wish, config),
      });
      return url.href;
    },

    async verify(answer, { state, nonce, codeVerifier, maxAge }) {
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
        // OIDC Core §2: required where max_age was asked; whether it is fresh enough is judged in core
        if (maxAge !== undefined && claims.auth_time === undefined) {
          throw new IdentityProviderError('invalid', 'the identity provider does not say when the person signed in');
        }
        const groups = known ? groupsIn(claims, known) : [];
        const person = personOf(claims, await emailOf(config, claims, tokens.access_token));
        return groups.length > 0 ? { ...person, groups } : person;
      } catch (error) {
        throw identityProviderError(error);
      }
    },
  };
}

/** OIDC Core §3.1.2.1. */
function wishParameters({ prompt, maxAge, loginHint }: SignInWish, config: oidc.Configuration): Record<string, string> {
  const supported = config.serverMetadata()['prompt_values_supported'];
  // Where there is no choice of account, signing in anew offers another one.
  const isMissing = Array.isArray(supported) && prompt !== undefined && !supported.includes(prompt);
  return {
    ...(prompt !== undefined && { prompt: isMissing ? 'login' : prompt }),
    ...(maxAge !== undefined && { max_age: String(maxAge) }),
    ...(loginHint !== undefined && { login_hint: loginHint }),
  };
}

function personOf(claims: IDToken, email: VerifiedEmail): Person {
  return {
    sub: claims.sub,
    ...email,
    ...(typeof claims['name'] === 'string' ? { name: shortened(claims['name']) } : {}),
    // OIDC Core §2: passed on as they are
    ...(typeof claims['acr'] === 'string' ? { acr: claims['acr'] } : {}),
    ...(isTexts(claims['amr']) ? { amr: claims['amr'] } : {}),
    // OpenID Connect Core §2: `auth_time` is optional
    authTime: claims.auth_time ?? claims.iat,
  };
}

/** The claim of the id_token, or of the UserInfo endpoint where the id_token has none. Never one known to be unverified. */
async function emailOf(config: oidc.Configuration, claims: IDToken, accessToken: string): Promise<VerifiedEmail> {
  if (claims['email'] !== undefined || !config.serverMetadata().userinfo_endpoint) return verifiedEmail(claims);
  // Nobody is kept out for want of an e-mail address. The call refuses another person's answer (OIDC Core §5.3.2).
  const answer = await oidc.fetchUserInfo(config, accessToken, claims.sub).catch(() => ({}));
  return verifiedEmail(answer);
}

type VerifiedEmail = Pick<Person, 'email' | 'emailVerified'>;

function verifiedEmail(claims: Readonly<Record<string, unknown>>): VerifiedEmail {
  const { email, email_verified: verified } = claims;
  // Some providers send the flag as a string
  if (typeof email !== 'string' || verified === false || verified === 'false') return {};
  const isVerified = verified === true || verified === 'true';
  // ASCII only: Unicode turns the Kelvin sign into a plain k, and so one mailbox into another.
  const lowered = email.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
  return { email: lowered, ...(isVerified ? { emailVerified: true } : {}) };
}

/** KMS signs at most 4 KB, and a name is one claim among others. */
function shortened(name: string): string {
  return [...name].slice(0, 200).join('');
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.length <= 16 && value.every((item) => typeof item === 'string');
}
