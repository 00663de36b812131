import { OAuthError } from '../errors.ts';
import type { Signer } from '../ports/signer.ts';
import type { SigningKey, SigningKeys } from '../ports/signing-keys.ts';

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
}

function base64url(value: unknown): string {
  return Buffer.from(JSON.stringify(value), 'utf8').toString('base64url');
}

/** The key that signs now: the newest, should a rotation have left two. */
function signingKey(keys: readonly SigningKey[]): SigningKey {
  const [newest] = keys.filter((key) => key.state === 'signing').sort((a, b) => b.createdAt - a.createdAt);
  if (!newest) {
    throw new OAuthError('server_error', 'the server has no signing key yet; try again in a minute', {
      reason: 'no_signing_key',
    });
  }
  return newest;
}

/**
 * Signs an access token: a compact JWS (RFC 7515 §7.1).
 * @throws OAuthError server_error if there is no key to sign with
 */
export async function signAccessToken(
  claims: AccessTokenPayload,
  deps: { readonly signer: Signer; readonly signingKeys: SigningKeys },
): Promise<string> {
  const key = signingKey(await deps.signingKeys.list());
  // RFC 9068 §2.1: the type keeps the token from being taken for any other JWT.
  const input = `${base64url({ alg: key.algorithm, kid: key.kid, typ: 'at+jwt' })}.${base64url(claims)}`;
  const signature = await deps.signer.sign(key, Buffer.from(input, 'ascii'));
  return `${input}.${Buffer.from(signature).toString('base64url')}`;
}
