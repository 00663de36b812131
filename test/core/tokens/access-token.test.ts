import { createLocalJWKSet, jwtVerify } from 'jose';
import { describe, expect, test } from 'vitest';
import { jwks } from '../../../lambdas/core/tokens/jwks.ts';
import { signAccessToken } from '../../../lambdas/core/tokens/access-token.ts';
import { CountingSigner, issuer, refusal, signingKey, todos } from '../fixtures.ts';

const claims = {
  iss: issuer,
  sub: 'alice',
  aud: todos.resource,
  iat: 1_795_262_400,
  exp: 1_795_266_000,
  jti: 'j',
  client_id: 'client-1',
  scope: 'todos:read',
  gid: 'g',
};
const keys = (...list: readonly (typeof signingKey)[]) => ({ list: async () => list });

test('AS-69 the token is what RFC 9068 says, in the eyes of another library', async () => {
  const token = await signAccessToken(claims, { signer: new CountingSigner(), signingKeys: keys(signingKey) });
  const published = createLocalJWKSet({ keys: [...jwks([signingKey]).keys] });
  const { payload, protectedHeader } = await jwtVerify(token, published, {
    issuer,
    audience: todos.resource,
    typ: 'at+jwt',
    currentDate: new Date(claims.iat * 1000),
  });
  expect(payload).toEqual(claims);
  expect(protectedHeader).toEqual({ alg: 'RS256', kid: 'key-1', typ: 'at+jwt' });
});

test('the newest signing key signs; published and retired ones do not', async () => {
  const newer = { ...signingKey, kid: 'newer', createdAt: 2 };
  const next = { ...signingKey, kid: 'next', createdAt: 9, state: 'published' } as const;
  const old = { ...signingKey, kid: 'old', createdAt: 8, state: 'retired' } as const;
  const signingKeys = keys(signingKey, next, newer, old);
  const token = await signAccessToken(claims, { signer: new CountingSigner(), signingKeys });
  expect(JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString())).toHaveProperty('kid', 'newer');
});

test('without a signing key the answer is server_error, and the log knows why', async () => {
  const error = await refusal(() => signAccessToken(claims, { signer: new CountingSigner(), signingKeys: keys() }));
  expect([error.code, error.reason]).toEqual(['server_error', 'no_signing_key']);
});

test('D4 a token with long names stays under 2 KB', async () => {
  const long = {
    ...claims,
    sub: 'u'.repeat(128),
    client_id: 'c'.repeat(128),
    scope: 's'.repeat(500),
    gid: 'g'.repeat(22),
  };
  const token = await signAccessToken(long, { signer: new CountingSigner(), signingKeys: keys(signingKey) });
  expect(token.length).toBeLessThan(2048);
});

describe('D4 a deployment that changes the algorithm', () => {
  const older = { ...signingKey, kid: 'older', keyArn: 'old', createdAt: 1 };
  const newer = { ...signingKey, kid: 'newer', keyArn: 'new', createdAt: 2 };

  /** Signs with the keys that KMS lets it use. */
  function signerFor(...arns: readonly string[]) {
    const signer = new CountingSigner();
    const tried: string[] = [];
    return {
      tried,
      sign(key: typeof signingKey, input: Uint8Array) {
        tried.push(key.kid);
        if (arns.includes(key.keyArn)) return signer.sign(key, input);
        return Promise.reject(new Error(`AccessDenied ${key.kid}`));
      },
    };
  }
  const kidOf = (token: string) =>
    (JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString()) as { kid: string }).kid;

  test('signs with the old key while the new one may not be used yet', async () => {
    const signer = signerFor('old');
    expect(kidOf(await signAccessToken(claims, { signer, signingKeys: keys(older, newer) }))).toBe('older');
    expect(signer.tried).toEqual(['newer', 'older']);
  });

  test('finds the new key where the old one is gone and only that is remembered', async () => {
    const signer = signerFor('new');
    const signingKeys = { list: async (options?: { fresh?: boolean }) => (options?.fresh ? [older, newer] : [older]) };
    expect(kidOf(await signAccessToken(claims, { signer, signingKeys }))).toBe('newer');
    expect(signer.tried).toEqual(['older', 'newer']);
  });

  test('fails with what the newest key said, each key asked once, where none can sign', async () => {
    const signer = signerFor();
    const signing = signAccessToken(claims, { signer, signingKeys: keys(older, newer) });
    await expect(signing).rejects.toThrow('AccessDenied newer');
    expect(signer.tried).toEqual(['newer', 'older']);
  });
});
