import { createHmac } from 'node:crypto';
import { exportJWK } from 'jose';
import { beforeAll, describe, expect, test } from 'vitest';
import { verifyDpopProof } from '../../../lambdas/core/dpop/verify-dpop-proof.ts';
import type { Changes, ProvedCall } from '../../rig/dpop-key.ts';
import { DpopKey } from '../../rig/dpop-key.ts';
import { refusal } from '../fixtures.ts';

const now = 1_795_262_400;
const call: ProvedCall = { method: 'POST', url: 'https://gate.example/token', now };
const expected = { method: 'POST', url: 'https://gate.example/token', now };

let key: DpopKey;
let other: DpopKey;
beforeAll(async () => {
  [key, other] = await Promise.all([DpopKey.create(), DpopKey.create()]);
});

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

async function reasonFor(proof: string | Promise<string>, about: Partial<typeof expected> = {}): Promise<string> {
  const error = await refusal(async () => verifyDpopProof(await proof, { ...expected, ...about }));
  expect(error.code).toBe('invalid_dpop_proof');
  return error.reason;
}
const proofWith = (changes: Changes) => key.prove(call, changes);

describe('X-DPOP1 a good proof', () => {
  test.each(['ES256', 'EdDSA', 'Ed25519', 'PS256', 'RS256'])('signed with %s names its key', async (algorithm) => {
    const own = await DpopKey.create(algorithm);
    const proof = await verifyDpopProof(await own.prove(call, { claims: { jti: 'j', nonce: 'n' } }), expected);
    expect(proof).toEqual({ jkt: own.jkt, jti: 'j', iat: now, nonce: 'n' });
  });

  test.each([
    'https://gate.example/token?a=b',
    'https://gate.example/token#x',
    'https://gate.example:443/token',
    'HTTPS://GATE.example/token',
    'https://gate.example/%74oken',
    'https://gate.example/./x/../token',
  ])('RFC 9449 §4.3: htu %s is the same URL', async (htu) => {
    await expect(verifyDpopProof(await proofWith({ claims: { htu } }), expected)).resolves.toHaveProperty('jkt');
  });

  test.each([-300, 0, 300])('X-DPOP2: %i seconds from now', async (seconds) => {
    const proof = await proofWith({ claims: { iat: now + seconds } });
    await expect(verifyDpopProof(proof, expected)).resolves.toHaveProperty('jkt');
  });

  test('a claim that nobody knows does not matter', async () => {
    const proof = await proofWith({ claims: { exp: 1, content_digest: 'x' } });
    await expect(verifyDpopProof(proof, expected)).resolves.toHaveProperty('jkt');
  });
});

describe('X-DPOP1 RFC 9449 §4.3 a proof is refused', () => {
  test.each<[string, Changes]>([
    ['dpop_type', { header: { typ: 'JWT' } }],
    ['dpop_type', { header: { typ: 'at+jwt' } }],
    ['dpop_type', { header: { typ: undefined } }],
    ['dpop_jwk_missing', { header: { jwk: undefined } }],
    ['dpop_jwk_missing', { header: { jwk: [] as never } }],
    ['dpop_jti', { claims: { jti: undefined } }],
    ['dpop_jti', { claims: { jti: '' } }],
    ['dpop_jti', { claims: { jti: 7 } }],
    ['dpop_jti', { claims: { jti: 'x'.repeat(2049) } }],
    ['dpop_htm', { claims: { htm: undefined } }],
    ['dpop_htm', { claims: { htm: 'GET' } }],
    ['dpop_htm', { claims: { htm: 'post' } }],
    ['dpop_htu', { claims: { htu: undefined } }],
    ['dpop_htu', { claims: { htu: 'https://gate.example/mcp' } }],
    ['dpop_htu', { claims: { htu: 'http://gate.example/token' } }],
    ['dpop_htu', { claims: { htu: 'https://gate.example:8443/token' } }],
    ['dpop_htu', { claims: { htu: 'https://gate.example.evil/token' } }],
    ['dpop_htu', { claims: { htu: 'https://gate.example@evil/token' } }],
    ['dpop_htu', { claims: { htu: 'https://user@gate.example/token' } }],
    ['dpop_htu', { claims: { htu: 'https://gate.example/Token' } }],
    ['dpop_htu', { claims: { htu: 'https://gate.example/token/' } }],
    ['dpop_htu', { claims: { htu: '/token' } }],
    ['dpop_htu', { claims: { htu: 'gate.example/token' } }],
    ['dpop_iat_missing', { claims: { iat: undefined } }],
    ['dpop_iat_missing', { claims: { iat: '1795262400' } }],
    ['dpop_iat', { claims: { iat: now - 301 } }],
    ['dpop_iat', { claims: { iat: now + 301 } }],
    ['dpop_iat', { claims: { iat: now * 1000 } }],
    ['dpop_nonce_syntax', { claims: { nonce: 1 } }],
    ['dpop_too_large', { claims: { padding: 'x'.repeat(8192) } }],
  ])('%s: %j', async (reason, changes) => {
    expect(await reasonFor(proofWith(changes))).toBe(reason);
  });

  test.each(['', 'x', 'a.b.c', `${encode({ alg: 'ES256' })}..`])('malformed: %j', async (proof) => {
    expect(await reasonFor(proof)).toMatch(/^dpop_(malformed|type)$/);
  });

  test('two proofs in one header are none', async () => {
    const [one, two] = [await key.prove(call), await key.prove(call)];
    expect(await reasonFor(`${one}, ${two}`)).not.toBe('');
    expect(await reasonFor(`${one},${two}`)).not.toBe('');
  });

  test('a key that is not the one in the header', async () => {
    expect(await reasonFor(proofWith({ header: { jwk: other.publicJwk } }))).toBe('dpop_signature');
  });

  test('a private key in the header', async () => {
    const jwk = await exportJWK(key.privateKey);
    expect(await reasonFor(proofWith({ header: { jwk } }))).toBe('dpop_jwk_private');
  });

  test('no signature, a symmetric one, and a symmetric key', async () => {
    const claims = encode({ jti: 'j', htm: 'POST', htu: expected.url, iat: now });
    const none = `${encode({ alg: 'none', typ: 'dpop+jwt', jwk: key.publicJwk })}.${claims}.`;
    expect(await reasonFor(none)).toBe('dpop_algorithm');
    const jwk = { kty: 'oct', k: Buffer.alloc(32, 1).toString('base64url') };
    const input = `${encode({ alg: 'HS256', typ: 'dpop+jwt', jwk })}.${claims}`;
    const mac = createHmac('sha256', Buffer.alloc(32, 1)).update(input).digest('base64url');
    expect(await reasonFor(`${input}.${mac}`)).toBe('dpop_algorithm');
    const mixed = `${encode({ alg: 'ES256', typ: 'dpop+jwt', jwk })}.${claims}.${mac}`;
    expect(await reasonFor(mixed)).toBe('dpop_jwk_private');
  });

  test('a signature with one bit changed, or over other claims', async () => {
    const [header = '', claims = '', signature = ''] = (await key.prove(call)).split('.');
    const flipped = (signature.startsWith('A') ? 'B' : 'A') + signature.slice(1);
    expect(await reasonFor(`${header}.${claims}.${flipped}`)).toBe('dpop_signature');
    const wider = encode({ jti: 'j', htm: 'POST', htu: expected.url, iat: now + 9 });
    expect(await reasonFor(`${header}.${wider}.${signature}`)).toBe('dpop_signature');
  });

  test('claims that are no object', async () => {
    const proof = await proofWith({ claims: {} });
    const [header = ''] = proof.split('.');
    expect(await reasonFor(`${header}.${encode([1])}.${proof.split('.')[2]}`)).toBe('dpop_signature');
  });
});

describe('X-DPOP2 ath binds a proof to one access token', () => {
  const token = 'access-token-1';
  const about = { ...expected, accessToken: token };

  test('the right hash is accepted', async () => {
    const proof = await key.prove({ ...call, accessToken: token });
    await expect(verifyDpopProof(proof, about)).resolves.toMatchObject({ jkt: key.jkt });
  });

  test.each([undefined, '', 'access-token-1', 7])('%j is refused', async (ath) => {
    expect(await reasonFor(proofWith({ claims: { ath } }), about)).toBe('dpop_ath');
  });

  test('the hash of another token is refused', async () => {
    expect(await reasonFor(key.prove({ ...call, accessToken: 'access-token-2' }), about)).toBe('dpop_ath');
  });
});
