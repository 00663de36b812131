import type { AuthorizationDetail } from '../authorization-request.ts';
import type { Signer } from '../ports/signer.ts';
import type { SigningKeys } from '../ports/signing-keys.ts';
import type { Actor } from '../resource/access-token-claims.ts';
import { signJws } from './sign-jws.ts';

/** Claims of an access token (RFC 9068 §2.2); times in epoch seconds. */
export interface AccessTokenPayload {
  readonly iss: string;
  readonly sub: string;
  /** One resource identifier (D4). */
  readonly aud: string;
  readonly exp: number;
  readonly iat: number;
  readonly jti: string;
  readonly client_id: string;
  /** Space-separated. */
  readonly scope: string;
  /** Grant id: what makes revocation real (D9). */
  readonly gid: string;
  /** RFC 9449 §6.1: the key without which the token is worth nothing. */
  readonly cnf?: { readonly jkt: string };
  /** RFC 8693 §4.1. */
  readonly act?: Actor;
  /** RFC 9396 §9.1. */
  readonly authorization_details?: readonly AuthorizationDetail[];
}

/**
 * Signs an access token.
 * @throws OAuthError server_error if there is no key to sign with
 */
export async function signAccessToken(
  claims: AccessTokenPayload,
  deps: { readonly signer: Signer; readonly signingKeys: SigningKeys },
): Promise<string> {
  // RFC 9068 §2.1: the type keeps the token from being taken for any other JWT.
  return signJws('at+jwt', claims, deps);
}
