import { decodeJwt } from 'jose';
import { OAuthError } from '../errors.ts';
import type { Pepper } from '../ports/pepper.ts';
import type { SigningKeys } from '../ports/signing-keys.ts';
import type { AccessTokenClaims } from '../resource/access-token-claims.ts';
import { isAccessTokenType } from '../resource/access-token-type.ts';
import { parseClaims } from '../resource/parse-claims.ts';
import { verifyJwt } from '../resource/verify-jwt.ts';
import type { RefreshHandle } from './handle.ts';
import { readRefreshToken } from './handle.ts';

/**
 * A token that this server made. `access`: of any audience, and perhaps expired: the caller judges. `other`: a JWT of
 * another kind, such as an ID token.
 */
export type OwnToken =
  | { readonly kind: 'refresh'; readonly handle: RefreshHandle }
  | { readonly kind: 'access'; readonly claims: AccessTokenClaims }
  | { readonly kind: 'other' };

export interface RecognitionDeps {
  readonly issuer: string;
  readonly pepper: Pepper;
  readonly signingKeys: SigningKeys;
}

/**
 * Finds out what a token is; its looks tell the kinds apart, so no hint is needed. Nothing is asked of the grants.
 * @returns undefined if this server did not make it
 */
export async function recognizeToken(token: string, deps: RecognitionDeps): Promise<OwnToken | undefined> {
  try {
    if (token.startsWith('gr_')) {
      return { kind: 'refresh', handle: readRefreshToken(await deps.pepper.read(), token) };
    }
    const { typ, payload } = await verifyJwt(token, deps.signingKeys);
    if (!isAccessTokenType(typ)) return { kind: 'other' };
    const { aud, iat } = decodeJwt(token);
    // Its own words, which the signature covers: neither age nor audience make it somebody else's.
    return {
      kind: 'access',
      claims: parseClaims(payload, { issuer: deps.issuer, resource: String(aud), now: iat ?? 0 }),
    };
  } catch (error) {
    if (error instanceof OAuthError) return undefined;
    throw error;
  }
}
