import { OAuthError } from '../errors.ts';
import type { Signer } from '../ports/signer.ts';
import type { SigningAlgorithm, SigningKey, SigningKeys } from '../ports/signing-keys.ts';

function base64url(value: unknown): string {
  return Buffer.from(JSON.stringify(value), 'utf8').toString('base64url');
}

/** The key that signs now: the newest, should a rotation have left two. */
function newest(keys: readonly SigningKey[]): SigningKey {
  const [first] = keys.filter((key) => key.state === 'signing').sort((a, b) => b.createdAt - a.createdAt);
  if (first) return first;
  throw new OAuthError('server_error', 'the server has no signing key yet; try again in a minute', {
    reason: 'no_signing_key',
  });
}

/**
 * Signs a JWT of this server: a compact JWS (RFC 7515 §7.1).
 * @param typ media type of the token, so that it cannot be taken for another kind (RFC 8725 §3.11)
 * @param claims payload, or what makes it where it depends on the algorithm
 * @throws OAuthError server_error if there is no key to sign with
 */
export async function signJws(
  typ: string,
  claims: object | ((algorithm: SigningAlgorithm) => object),
  deps: { readonly signer: Signer; readonly signingKeys: SigningKeys },
): Promise<string> {
  const sign = async (key: SigningKey): Promise<string> => {
    const payload = typeof claims === 'function' ? claims(key.algorithm) : claims;
    const input = `${base64url({ alg: key.algorithm, kid: key.kid, typ })}.${base64url(payload)}`;
    const signature = await deps.signer.sign(key, Buffer.from(input, 'ascii'));
    return `${input}.${Buffer.from(signature).toString('base64url')}`;
  };
  const key = newest(await deps.signingKeys.list());
  try {
    return await sign(key);
  } catch (error) {
    // A deployment that changes the algorithm takes the old key away while instances still remember it.
    const now = newest(await deps.signingKeys.list({ fresh: true }));
    if (now.kid === key.kid) throw error;
    return await sign(now);
  }
}
