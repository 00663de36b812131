import { calculateJwkThumbprint, compactVerify, importJWK } from 'jose';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { derToRawSignature } from '../../lambdas/adapters/der-to-raw-signature.ts';
import { publicSigningKey } from '../../lambdas/adapters/kms-public-key.ts';
import { kmsSigner } from '../../lambdas/adapters/kms-signer.ts';
import type { SigningAlgorithm } from '../../lambdas/core/ports/signing-keys.ts';
import type { LocalCloud } from './local-cloud.ts';
import { keyArn, localCloud } from './local-cloud.ts';

const now = 1_800_000_000;
const algorithms: SigningAlgorithm[] = ['RS256', 'ES256', 'EdDSA'];
const keySpecs = { RS256: 'RSA_2048', ES256: 'ECC_NIST_P256', EdDSA: 'ECC_NIST_EDWARDS25519' };
let cloud: LocalCloud;

beforeAll(async () => {
  const keys = algorithms.map((algorithm) => ({
    arn: keyArn(algorithm),
    properties: { KeySpec: keySpecs[algorithm], KeyUsage: 'SIGN_VERIFY' },
  }));
  cloud = await localCloud({ keys });
});
afterAll(() => cloud.remove());

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

test.each(algorithms)('a JWS signed in KMS with %s is verified by jose', async (algorithm) => {
  const key = await publicSigningKey(keyArn(algorithm), algorithm, now, cloud.config);
  const signer = kmsSigner(cloud.config);
  // ECDSA signatures vary in length, so once is not enough
  for (let round = 0; round < (algorithm === 'ES256' ? 50 : 2); round++) {
    const input = `${encode({ alg: algorithm, kid: key.kid, typ: 'at+jwt' })}.${encode({ round })}`;
    const signature = await signer.sign(key, new TextEncoder().encode(input));
    const jws = `${input}.${Buffer.from(signature).toString('base64url')}`;
    const { protectedHeader } = await compactVerify(jws, await importJWK(key.publicJwk));
    expect(protectedHeader.kid).toBe(key.kid);
    await expect(compactVerify(`${input}x.${jws.split('.')[2]}`, await importJWK(key.publicJwk))).rejects.toThrow();
  }
});

test.each(algorithms)(
  'the kid of a %s key is its RFC 7638 thumbprint, and its JWK holds nothing private',
  async (algorithm) => {
    const key = await publicSigningKey(keyArn(algorithm), algorithm, now, cloud.config);
    expect(key).toMatchObject({ algorithm, keyArn: keyArn(algorithm), state: 'signing', createdAt: now });
    expect(key.kid).toBe(await calculateJwkThumbprint(key.publicJwk));
    expect(key.publicJwk).toMatchObject({ kid: key.kid, alg: algorithm, use: 'sig' });
    for (const secret of ['d', 'p', 'q', 'dp', 'dq', 'qi', 'k']) expect(key.publicJwk).not.toHaveProperty(secret);
  },
);

test('a key of another kind than its algorithm is refused', async () => {
  await expect(publicSigningKey(keyArn('RS256'), 'ES256', now, cloud.config)).rejects.toThrow('cannot sign ES256');
  await expect(publicSigningKey(keyArn('ES256'), 'EdDSA', now, cloud.config)).rejects.toThrow('cannot sign EdDSA');
  await expect(publicSigningKey(keyArn('none'), 'RS256', now, cloud.config)).rejects.toThrow();
});

test('RFC 7518 section 3.4: short integers are padded, the sign byte is dropped', () => {
  const short = Uint8Array.of(0x30, 6, 2, 1, 7, 2, 1, 9);
  const raw = derToRawSignature(short, 32);
  expect(raw).toHaveLength(64);
  expect([raw[31], raw[63]]).toEqual([7, 9]);
  const signed = Uint8Array.of(0x30, 8, 2, 2, 0, 0x80, 2, 2, 0, 0xff);
  expect(derToRawSignature(signed, 1)).toEqual(Uint8Array.of(0x80, 0xff));
});

test.each<[string, number[]]>([
  ['empty', []],
  ['no sequence', [0x31, 6, 2, 1, 7, 2, 1, 9]],
  ['a wrong length', [0x30, 7, 2, 1, 7, 2, 1, 9]],
  ['a missing integer', [0x30, 3, 2, 1, 7]],
  ['an empty integer', [0x30, 5, 2, 0, 2, 1, 9]],
  ['a rest', [0x30, 7, 2, 1, 7, 2, 1, 9, 0]],
  ['an integer that is too long', [0x30, 7, 2, 2, 1, 7, 2, 1, 9]],
  ['an integer beyond the end', [0x30, 6, 2, 1, 7, 2, 9, 9]],
])('a DER signature that is %s is refused', (_, bytes) => {
  expect(() => derToRawSignature(Uint8Array.from(bytes), 1)).toThrow('not a DER signature');
});
