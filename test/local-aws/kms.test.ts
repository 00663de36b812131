import { createPublicKey, verify } from 'node:crypto';
import type { KeyUsageType, SigningAlgorithmSpec } from '@aws-sdk/client-kms';
import {
  CreateKeyCommand,
  DecryptCommand,
  DescribeKeyCommand,
  EncryptCommand,
  GenerateDataKeyCommand,
  GetPublicKeyCommand,
  SignCommand,
  VerifyCommand,
} from '@aws-sdk/client-kms';
import { createHash } from 'node:crypto';
import { exportJWK, jwtVerify } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { keyArn, startCloud } from './cloud.ts';

const signing = (KeySpec: string) => ({ KeySpec, KeyUsage: 'SIGN_VERIFY' });
const keys = [
  { arn: keyArn('rsa'), properties: signing('RSA_2048') },
  { arn: keyArn('ec'), properties: signing('ECC_NIST_P256') },
  { arn: keyArn('ed'), properties: signing('ECC_NIST_EDWARDS25519') },
  { arn: keyArn('aes'), properties: {} },
  { arn: keyArn('off'), properties: { ...signing('RSA_2048'), Enabled: false } },
];
let cloud: Awaited<ReturnType<typeof startCloud>>;
beforeAll(async () => {
  cloud = await startCloud({}, { keys });
});
afterAll(() => cloud.remove());

const kms = () => cloud.as('admin').kms;
const sign = (KeyId: string, SigningAlgorithm: SigningAlgorithmSpec, Message: Uint8Array, digest = false) =>
  kms().send(new SignCommand({ KeyId, SigningAlgorithm, Message, MessageType: digest ? 'DIGEST' : 'RAW' }));
const publicKey = async (KeyId: string) => {
  const { PublicKey } = await kms().send(new GetPublicKeyCommand({ KeyId }));
  return createPublicKey({ key: Buffer.from(PublicKey ?? []), format: 'der', type: 'spki' });
};
const b64 = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

describe.each([
  ['rsa', 'RSASSA_PKCS1_V1_5_SHA_256', 'RS256', 'sha256'],
  ['ec', 'ECDSA_SHA_256', 'ES256', 'sha256'],
  ['ed', 'ED25519_SHA_512', 'EdDSA', null],
] as const)('the %s key', (id, algorithm, alg, hash) => {
  test('signs what node:crypto and KMS itself verify', async () => {
    const message = Buffer.from('message');
    const { Signature, KeyId } = await sign(keyArn(id), algorithm, message);
    expect(KeyId).toBe(keyArn(id));
    expect(verify(hash, message, await publicKey(id), Buffer.from(Signature ?? []))).toBe(true);
    const check = (Message: Buffer) =>
      kms().send(new VerifyCommand({ KeyId: id, SigningAlgorithm: algorithm, Message, Signature }));
    await expect(check(message)).resolves.toMatchObject({ SignatureValid: true });
    await expect(check(Buffer.from('another'))).rejects.toMatchObject({ name: 'KMSInvalidSignatureException' });
  });

  test('signs a JWT that jose verifies', async () => {
    const input = `${b64({ alg })}.${b64({ sub: 'ada' })}`;
    const { Signature } = await sign(id, algorithm, Buffer.from(input));
    const raw = alg === 'ES256' ? derToRaw(Buffer.from(Signature ?? [])) : Buffer.from(Signature ?? []);
    const { payload } = await jwtVerify(`${input}.${raw.toString('base64url')}`, await exportJWK(await publicKey(id)));
    expect(payload.sub).toBe('ada');
  });
});

/** RFC 3279 §2.2.3 → RFC 7518 §3.4, for 32-byte numbers. */
function derToRaw(der: Buffer): Buffer {
  const r = der.subarray(4, 4 + (der[3] ?? 0));
  const s = der.subarray(6 + r.length);
  return Buffer.concat([r, s].map((n) => Buffer.concat([Buffer.alloc(32), n]).subarray(-32)));
}

test('a digest is signed like its message', async () => {
  const digest = createHash('sha256').update('message').digest();
  const whole = await sign('rsa', 'RSASSA_PKCS1_V1_5_SHA_256', Buffer.from('message'));
  const hashed = await sign('rsa', 'RSASSA_PKCS1_V1_5_SHA_256', digest, true);
  expect(hashed.Signature).toEqual(whole.Signature);
  await expect(sign('ec', 'ECDSA_SHA_256', digest, true)).rejects.toMatchObject({
    name: 'ValidationException',
    message: expect.stringContaining('send RAW'),
  });
});

test('a raw message ends at 4096 bytes', async () => {
  await expect(sign('ed', 'ED25519_SHA_512', Buffer.alloc(4096))).resolves.toBeDefined();
  await expect(sign('ed', 'ED25519_SHA_512', Buffer.alloc(4097))).rejects.toMatchObject({
    name: 'ValidationException',
  });
});

test('errors have the names of KMS', async () => {
  const message = Buffer.from('m');
  await expect(sign('none', 'ECDSA_SHA_256', message)).rejects.toMatchObject({ name: 'NotFoundException' });
  await expect(sign('rsa', 'ECDSA_SHA_256', message)).rejects.toMatchObject({ name: 'InvalidKeyUsageException' });
  await expect(sign('aes', 'ECDSA_SHA_256', message)).rejects.toMatchObject({ name: 'InvalidKeyUsageException' });
  await expect(sign('off', 'RSASSA_PKCS1_V1_5_SHA_256', message)).rejects.toMatchObject({ name: 'DisabledException' });
});

test('a key is described', async () => {
  const { KeyMetadata } = await kms().send(new DescribeKeyCommand({ KeyId: keyArn('ec') }));
  expect(KeyMetadata).toMatchObject({
    KeyId: 'ec',
    Arn: keyArn('ec'),
    ...signing('ECC_NIST_P256'),
    KeyState: 'Enabled',
  });
  expect(KeyMetadata?.SigningAlgorithms).toEqual(['ECDSA_SHA_256']);
});

test('a symmetric key encrypts under its context', async () => {
  const EncryptionContext = { a: '1', b: '2' };
  const { CiphertextBlob } = await kms().send(
    new EncryptCommand({ KeyId: 'aes', Plaintext: Buffer.from('secret'), EncryptionContext }),
  );
  const opened = await kms().send(new DecryptCommand({ CiphertextBlob, EncryptionContext: { b: '2', a: '1' } }));
  expect(Buffer.from(opened.Plaintext ?? []).toString()).toBe('secret');
  expect(opened.KeyId).toBe(keyArn('aes'));
  const wrong = new DecryptCommand({ CiphertextBlob, EncryptionContext: { a: '1' } });
  await expect(kms().send(wrong)).rejects.toMatchObject({ name: 'InvalidCiphertextException' });
  const junk = new DecryptCommand({ CiphertextBlob: Buffer.from('junk') });
  await expect(kms().send(junk)).rejects.toMatchObject({ name: 'InvalidCiphertextException' });
  const data = await kms().send(new GenerateDataKeyCommand({ KeyId: 'aes', KeySpec: 'AES_256' }));
  const again = await kms().send(new DecryptCommand({ CiphertextBlob: data.CiphertextBlob }));
  expect(again.Plaintext).toEqual(data.Plaintext);
});

test('keys outlive a restart: those of the template and those that were made', async () => {
  const KeyUsage: KeyUsageType = 'SIGN_VERIFY';
  const { KeyMetadata } = await kms().send(new CreateKeyCommand({ KeySpec: 'ECC_NIST_P256', KeyUsage }));
  const id = KeyMetadata?.KeyId ?? '';
  const before = [await publicKey('rsa'), await publicKey(id)];
  await cloud.stop();
  cloud = await startCloud({}, { keys, stateDir: cloud.stateDir });
  const after = [await publicKey('rsa'), await publicKey(id)];
  for (const [index, key] of before.entries()) expect(after[index]?.equals(key)).toBe(true);
});

test('parallel first needs of a key get one key', async () => {
  const { KeyMetadata } = await kms().send(new CreateKeyCommand({ KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' }));
  const found = await Promise.all([1, 2, 3].map(() => publicKey(KeyMetadata?.KeyId ?? '')));
  for (const key of found) expect(key.equals(found[0] ?? key)).toBe(true);
});
