import { constants, createPublicKey, privateEncrypt, publicDecrypt, sign, verify } from 'node:crypto';
import type { AwsInput } from '../service.ts';
import { AwsError } from '../service.ts';
import { readBlob, readText } from './blob.ts';
import type { Algorithm } from './key-spec.ts';
import { algorithmsOf } from './key-spec.ts';
import type { Key } from './key-store.ts';

/** KMS takes at most this many bytes of a raw message. */
const rawLimit = 4096;
// RFC 8017 §9.2, note 1: what stands before a SHA-256 digest in an RSASSA-PKCS1-v1_5 signature.
const sha256Prefix = Buffer.from('3031300d060960864801650304020105000420', 'hex');

export function signMessage(key: Key, input: AwsInput): object {
  const { name, algorithm, message, digest } = readSigning(key, input);
  const signature = digest
    ? privateEncrypt(
        { key: key.material, padding: constants.RSA_PKCS1_PADDING },
        Buffer.concat([sha256Prefix, message]),
      )
    : sign(algorithm.hash, message, { key: key.material, ...paddingOf(algorithm) });
  return { KeyId: key.arn, Signature: signature.toString('base64'), SigningAlgorithm: name };
}

/** @throws AwsError KMSInvalidSignatureException, as KMS does instead of answering false */
export function verifyMessage(key: Key, input: AwsInput): object {
  const { name, algorithm, message, digest } = readSigning(key, input);
  const signature = readBlob(input, 'Signature', 6144);
  const publicKey = createPublicKey(key.material);
  const valid = digest
    ? recovers(signature, message, publicKey)
    : verify(algorithm.hash, message, { key: publicKey, ...paddingOf(algorithm) }, signature);
  if (!valid) throw new AwsError('KMSInvalidSignatureException', '');
  return { KeyId: key.arn, SignatureValid: true, SigningAlgorithm: name };
}

function recovers(signature: Buffer, message: Buffer, key: ReturnType<typeof createPublicKey>): boolean {
  try {
    return publicDecrypt({ key, padding: constants.RSA_PKCS1_PADDING }, signature).equals(
      Buffer.concat([sha256Prefix, message]),
    );
  } catch {
    return false;
  }
}

function readSigning(
  key: Key,
  input: AwsInput,
): { name: string; algorithm: Algorithm; message: Buffer; digest: boolean } {
  if (key.usage !== 'SIGN_VERIFY') {
    throw new AwsError('InvalidKeyUsageException', `${key.arn} key usage is ${key.usage} which is not valid for Sign.`);
  }
  const name = readText(input, 'SigningAlgorithm');
  const algorithm = algorithmsOf(key.spec)[name];
  if (!algorithm) {
    throw new AwsError('InvalidKeyUsageException', `Algorithm ${name} is incompatible with key spec ${key.spec}.`);
  }
  const type = input['MessageType'] ?? 'RAW';
  const message = readBlob(input, 'Message', rawLimit);
  if (type === 'RAW') return { name, algorithm, message, digest: false };
  if (type !== 'DIGEST' || name !== 'RSASSA_PKCS1_V1_5_SHA_256') {
    throw new AwsError(
      'ValidationException',
      `MessageType ${JSON.stringify(type)} with ${name} is not offered by the local KMS; send RAW`,
    );
  }
  if (message.length !== 32)
    throw new AwsError('ValidationException', `Digest is invalid length for algorithm ${name}.`);
  return { name, algorithm, message, digest: true };
}

function paddingOf({ padding }: Algorithm): { padding?: number; saltLength?: number } {
  if (padding === undefined) return {};
  return {
    padding,
    ...(padding === constants.RSA_PKCS1_PSS_PADDING ? { saltLength: constants.RSA_PSS_SALTLEN_DIGEST } : {}),
  };
}
