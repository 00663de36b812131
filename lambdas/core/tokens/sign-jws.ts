import { OAuthError } from '../errors.ts';
import type { Signer } from '../ports/signer.ts';
import type { SigningAlgorithm, SigningKey, SigningKeys } from '../ports/signing-keys.ts';

function base64url(value: unknown): string {
  return Buffer.from(JSON.stringify(value), 'utf8').toString('base64url');
}

/**
 * The key that signs, and those that did before: a young one may not be ready in KMS, nor one of another algorithm be
 * allowed. No more, because each costs seconds while KMS is away.
 */
function candidates(keys: readonly SigningKey[]): readonly SigningKey[] {
  const signing = keys.filter((key) => key.state === 'signing');
  return signing.sort((a, b) => b.createdAt - a.createdAt).slice(0, 3);
}

/**
 * Signs with the first key that can. A deployment that changes the algorithm publishes the new key a moment before it
 * may be used, and takes the old one away while instances still remember only that.
 */
async function signWithAny(keys: SigningKeys, sign: (key: SigningKey) => Promise<string>): Promise<string> {
  const failed = new Map<string, unknown>();
  for (const fresh of [false, true]) {
    for (const key of candidates(await keys.list({ fresh }))) {
      if (failed.has(key.kid)) continue;
      try {
        return await sign(key);
      } catch (error) {
        failed.set(key.kid, error);
      }
    }
  }
  const [first] = failed.values();
  if (first !== undefined) throw first as Error;
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
  return signWithAny(deps.signingKeys, async (key) => {
    const payload: object =
      typeof claims === 'function' ? (claims as (algorithm: SigningAlgorithm) => object)(key.algorithm) : claims;
    const input = `${base64url({ alg: key.algorithm, kid: key.kid, typ })}.${base64url(payload)}`;
    const signature = await deps.signer.sign(key, Buffer.from(input, 'ascii'));
    return `${input}.${Buffer.from(signature).toString('base64url')}`;
  });
}
