import { createHmac } from 'node:crypto';
import { exportSPKI, importJWK } from 'jose';
import type { CryptoKey, JWK } from 'jose';
import { beforeAll, describe, expect, test } from 'vitest';
import { OAuthError } from '../../lambdas/core/errors.ts';
import type { SigningKeys } from '../../lambdas/core/ports/signing-keys.ts';
import { verifyAccessToken } from '../../lambdas/core/resource/verify-access-token.ts';
import { goodClaims, issuer, keyPair, mint, now, publish, server } from './forge.ts';
import type { KeyPair } from './forge.ts';

let rsa: KeyPair;
let ec: KeyPair;
let stranger: KeyPair;

beforeAll(async () => {
  [rsa, ec, stranger] = await Promise.all([
    keyPair('RS256', 'rsa-1'),
    keyPair('ES256', 'ec-1'),
    keyPair('RS256', 'rsa-1'),
  ]);
});

const verify = (token: string, keys: SigningKeys = publish([rsa.key, ec.key])) =>
  verifyAccessToken(token, { issuer, server, keys, clock: { now: () => now } });

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

async function reasonFor(token: string | Promise<string>, keys?: SigningKeys): Promise<string> {
  const error: unknown = await verify(await token, keys).then(
    () => undefined,
    (refusal: unknown) => refusal,
  );
  if (!(error instanceof OAuthError))
    return error === undefined ? 'accepted' : `broke: ${error instanceof Error ? error.message : 'unknown'}`;
  expect(error.code).toBe('invalid_token');
  return error.reason;
}

describe('RS-05 a good token is accepted', () => {
  test('and says who calls, through which client and grant', async () => {
    expect(await verify(await mint(rsa))).toEqual({
      iss: issuer,
      sub: 'alice',
      aud: server.resource,
      clientId: 'client-1',
      jti: 'jti-1',
      gid: 'grant-1',
      scope: 'todos:read',
      iat: now - 10,
      exp: now + 3600,
    });
  });

  test('with each algorithm that a key may have', async () => {
    const ed = await keyPair('EdDSA', 'ed-1');
    expect((await verify(await mint(ec))).sub).toBe('alice');
    expect((await verify(await mint(ed), publish([ed.key]))).sub).toBe('alice');
  });

  test.each([
    ['aud as an array of one', { aud: [server.resource] }, {}],
    ['typ with its full media type, in any case', {}, { typ: 'application/AT+JWT' }],
    ['no scope at all in the scope string', { scope: '' }, {}],
    ['iat 30 seconds ahead', { iat: now + 30 }, {}],
    ['nbf 30 seconds ahead', { nbf: now + 30 }, {}],
    ['one second before its end', { exp: now + 1 }, {}],
  ])('with %s', async (_, claims, header) => {
    expect(await reasonFor(mint(rsa, claims, header))).toBe('accepted');
  });
});

describe('RS-05 the claims of another issuer, server or time are refused', () => {
  test.each([
    ['issuer', { iss: 'https://evil.example.com' }],
    ['issuer', { iss: `${issuer}/` }],
    ['issuer', { iss: undefined }],
    ['audience', { aud: `${server.resource}/` }],
    ['audience', { aud: `${issuer}/other` }],
    ['audience', { aud: issuer }],
    ['audience', { aud: 'HTTPS://auth.example.com/mcp' }],
    ['audience', { aud: [server.resource, `${issuer}/other`] }],
    ['audience', { aud: [] }],
    ['audience', { aud: undefined }],
    ['expired', { exp: now }],
    ['expired', { exp: now - 1 }],
    ['exp_missing', { exp: undefined }],
    ['iat_missing', { iat: undefined }],
    ['iat_future', { iat: now + 31 }],
    ['iat_after_exp', { iat: now + 20, exp: now + 10 }],
    ['nbf_future', { nbf: now + 31 }],
    ['sub_missing', { sub: undefined }],
    ['sub_missing', { sub: '' }],
    ['client_id_missing', { client_id: undefined }],
    ['jti_missing', { jti: undefined }],
    ['gid_missing', { gid: undefined }],
    ['scope_missing', { scope: undefined }],
    ['scope_missing', { scope: ['todos:read'] }],
  ])('%s: %o', async (reason, claims) => {
    expect(await reasonFor(mint(rsa, claims))).toBe(reason);
  });

  test.each([
    ['exp_missing', { exp: '9999999999' }],
    ['exp_missing', { exp: 0 }],
    ['iat_missing', { iat: 'now' }],
    ['nbf_malformed', { nbf: 'now' }],
  ])('%s: a date that is no positive number (%o)', async (reason, change) => {
    const { key, privateKey } = rsa;
    const { CompactSign } = await import('jose');
    const token = await new CompactSign(Buffer.from(JSON.stringify({ ...goodClaims, ...change })))
      .setProtectedHeader({ alg: 'RS256', typ: 'at+jwt', kid: key.kid })
      .sign(privateKey);
    expect(await reasonFor(token)).toBe(reason);
  });
});

describe('RS-05 what is no access token of ours is refused', () => {
  test.each(['JWT', 'at+jwt2', 'logout+jwt', 'id_token', undefined])('type: typ %s', async (typ) => {
    expect(await reasonFor(mint(rsa, {}, { typ }))).toBe('type');
  });

  test.each(['', '.', '..', 'a.b.c', 'not-a-token', '{}', `${encode('x')}.${encode('y')}.z`])(
    'malformed: %s',
    async (token) => {
      expect(await reasonFor(token)).toBe('malformed');
    },
  );

  test('too_large: over 8 KB, before anything is parsed', async () => {
    expect(await reasonFor(mint(rsa, { padding: 'x'.repeat(8192) }))).toBe('too_large');
  });

  test('payload: a signed text that holds no object', async () => {
    const { CompactSign } = await import('jose');
    for (const text of ['[]', 'null', '"x"', '{', '']) {
      const token = await new CompactSign(Buffer.from(text))
        .setProtectedHeader({ alg: 'RS256', typ: 'at+jwt', kid: 'rsa-1' })
        .sign(rsa.privateKey);
      expect(await reasonFor(token)).toBe('payload');
    }
  });
});

describe('RS-05 only a signature of ours counts', () => {
  test('alg none is refused, with and without a rest of signature', async () => {
    const header = encode({ alg: 'none', typ: 'at+jwt', kid: 'rsa-1' });
    expect(await reasonFor(`${header}.${encode(goodClaims)}.`)).toBe('algorithm');
    expect(await reasonFor(`${header}.${encode(goodClaims)}.AAAA`)).toBe('algorithm');
  });

  test('HS256 keyed with the public key is refused', async () => {
    const spki = await exportSPKI(
      (await importJWK(rsa.key.publicJwk as JWK, 'RS256', { extractable: true })) as CryptoKey,
    );
    const input = `${encode({ alg: 'HS256', typ: 'at+jwt', kid: 'rsa-1' })}.${encode(goodClaims)}`;
    for (const secret of [spki, spki.trim(), JSON.stringify(rsa.key.publicJwk)]) {
      const mac = createHmac('sha256', secret).update(input).digest('base64url');
      expect(await reasonFor(`${input}.${mac}`)).toBe('algorithm');
    }
  });

  test('another algorithm of the same key is refused', async () => {
    const { privateKey } = rsa;
    const { importPKCS8, exportPKCS8 } = await import('jose');
    const rs512: KeyPair = { key: rsa.key, privateKey: await importPKCS8(await exportPKCS8(privateKey), 'RS512') };
    expect(await reasonFor(mint(rs512, {}, { alg: 'RS512' }))).toBe('algorithm');
  });

  test('the key id of a key of another algorithm is refused', async () => {
    expect(await reasonFor(mint(ec, {}, { kid: 'rsa-1' }))).toBe('algorithm');
  });

  test("a stranger's key under our key id is refused", async () => {
    expect(await reasonFor(mint(stranger))).toBe('signature');
  });

  test('a key that the token brings along is not looked at', async () => {
    const own = { jwk: stranger.key.publicJwk, jku: 'https://evil.example.com/jwks.json' };
    expect(await reasonFor(mint(stranger, {}, own))).toBe('signature');
  });

  test('a critical header that nobody here understands is refused', async () => {
    const header = encode({ alg: 'RS256', typ: 'at+jwt', kid: 'rsa-1', crit: ['bound'], bound: 'x' });
    const { sign } = await import('node:crypto');
    const { KeyObject } = await import('node:crypto');
    const input = `${header}.${encode(goodClaims)}`;
    const signature = sign('sha256', Buffer.from(input), KeyObject.from(rsa.privateKey)).toString('base64url');
    expect(await reasonFor(`${input}.${signature}`)).toBe('signature');
  });

  test('one changed byte of header, claims or signature is refused', async () => {
    const [header, claims, signature] = (await mint(rsa)).split('.') as [string, string, string];
    const wider = encode({ ...goodClaims, scope: 'todos:*' });
    const renamed = encode({ alg: 'RS256', typ: 'at+jwt', kid: 'rsa-1', extra: true });
    const flipped = `${signature.startsWith('A') ? 'B' : 'A'}${signature.slice(1)}`;
    expect(await reasonFor(`${header}.${wider}.${signature}`)).toBe('signature');
    expect(await reasonFor(`${renamed}.${claims}.${signature}`)).toBe('signature');
    expect(await reasonFor(`${header}.${claims}.${flipped}`)).toBe('signature');
    expect(await reasonFor(`${header}.${claims}.`)).toBe('signature');
  });
});

describe('keys come and go', () => {
  test('a key published a moment ago is found by asking the table once', async () => {
    const young = await keyPair('RS256', 'rsa-2');
    const keys = publish([rsa.key], [young.key]);
    expect(await reasonFor(mint(young), keys)).toBe('accepted');
    expect(keys.asked).toBe(1);
  });

  test('a known key never asks the table', async () => {
    const keys = publish([rsa.key]);
    expect(await reasonFor(mint(rsa), keys)).toBe('accepted');
    expect(keys.asked).toBe(0);
  });

  test('an unknown key is refused after one question', async () => {
    const keys = publish([rsa.key]);
    expect(await reasonFor(mint(await keyPair('RS256', 'gone')), keys)).toBe('unknown_key');
    expect(keys.asked).toBe(1);
  });

  test('a token without a key id is refused', async () => {
    expect(await reasonFor(mint(rsa, {}, { kid: undefined }))).toBe('kid_missing');
  });

  test('a table that cannot be read is an error, never an open door', async () => {
    const broken: SigningKeys = { list: async () => Promise.reject(new Error('table away')) };
    expect(await reasonFor(mint(rsa), broken)).toBe('broke: table away');
  });
});
