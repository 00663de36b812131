import { createHash } from 'node:crypto';
import type { Grant } from '../grant.ts';
import { personClaims } from '../identity/person-claims.ts';
import type { Signer } from '../ports/signer.ts';
import type { SigningAlgorithm, SigningKeys } from '../ports/signing-keys.ts';
import { signJws } from './sign-jws.ts';

// OIDC Core §3.1.3.6: the hash of the ID token's own algorithm; Ed25519 is built on SHA-512 (RFC 8032 §5.1).
const hashes: Record<SigningAlgorithm, string> = { RS256: 'sha256', ES256: 'sha256', EdDSA: 'sha512' };

/** The left half of the access token's hash: ties the two tokens together (OIDC Core §3.1.3.6). */
function accessTokenHash(accessToken: string, algorithm: SigningAlgorithm): string {
  const hash = createHash(hashes[algorithm]).update(accessToken, 'ascii').digest();
  return hash.subarray(0, hash.length / 2).toString('base64url');
}

/**
 * Signs an ID token (OIDC Core §2): who signed in, when and how, for the client alone.
 * @param token the access token beside it; `scopes`: what both are good for; `iat`, `exp`: epoch seconds
 * @throws OAuthError server_error if there is no key to sign with
 */
export async function signIdToken(
  grant: Grant,
  token: {
    readonly accessToken: string;
    readonly scopes: readonly string[];
    readonly iat: number;
    readonly exp: number;
    /** OIDC Core §12.2: one that comes with a refresh should have none. */
    readonly withNonce: boolean;
  },
  deps: { readonly signer: Signer; readonly signingKeys: SigningKeys; readonly issuer: string },
): Promise<string> {
  const { clientId, authTime, acr, amr, nonce } = grant;
  const claims = {
    iss: deps.issuer,
    aud: clientId,
    iat: token.iat,
    exp: token.exp,
    auth_time: authTime,
    ...(token.withNonce && nonce !== undefined && { nonce }),
    ...(acr !== undefined && { acr }),
    ...(amr !== undefined && { amr }),
    ...personClaims(grant, token.scopes),
  };
  const withHash = (algorithm: SigningAlgorithm) => ({
    ...claims,
    at_hash: accessTokenHash(token.accessToken, algorithm),
  });
  // Not of type at+jwt: no resource takes it for an access token.
  return signJws('JWT', withHash, deps);
}
