import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { AwsInput } from '../service.ts';
import { AwsError } from '../service.ts';
import { readBlob } from './blob.ts';
import type { Key } from './key-store.ts';

/**
 * A ciphertext: version (1 byte), length of the key's ARN (2 bytes), ARN, nonce (12), tag (16), encrypted bytes.
 * It names its key, because KMS finds the key of a symmetric ciphertext by itself.
 */
const version = 1;
const headerLength = 3;

export function encrypt(key: Key, input: AwsInput): object {
  const ciphertext = seal(key, readBlob(input, 'Plaintext', 4096), input);
  return { KeyId: key.arn, CiphertextBlob: ciphertext.toString('base64'), EncryptionAlgorithm: 'SYMMETRIC_DEFAULT' };
}

export function decrypt(key: Key, input: AwsInput): object {
  requireSymmetric(key, 'Decrypt');
  const blob = readBlob(input, 'CiphertextBlob', 6144);
  if (ciphertextKey(blob) !== key.arn) {
    throw new AwsError(
      'IncorrectKeyException',
      'The key ID in the request does not identify a CMK that can perform this operation.',
    );
  }
  const body = blob.subarray(headerLength + Buffer.byteLength(key.arn));
  try {
    const cipher = createDecipheriv('aes-256-gcm', key.material, body.subarray(0, 12));
    cipher.setAAD(contextBytes(input)).setAuthTag(body.subarray(12, 28));
    const plaintext = Buffer.concat([cipher.update(body.subarray(28)), cipher.final()]);
    return { KeyId: key.arn, Plaintext: plaintext.toString('base64'), EncryptionAlgorithm: 'SYMMETRIC_DEFAULT' };
  } catch {
    throw new AwsError('InvalidCiphertextException', '');
  }
}

export function generateDataKey(key: Key, input: AwsInput, withPlaintext: boolean): object {
  const size =
    input['KeySpec'] === 'AES_128' ? 16 : input['KeySpec'] === 'AES_256' ? 32 : Number(input['NumberOfBytes']);
  if (!Number.isInteger(size) || size < 1 || size > 1024) {
    throw new AwsError('ValidationException', 'Please specify either number of bytes or key spec.');
  }
  const plaintext = randomBytes(size);
  const CiphertextBlob = seal(key, plaintext, input).toString('base64');
  return { KeyId: key.arn, CiphertextBlob, ...(withPlaintext ? { Plaintext: plaintext.toString('base64') } : {}) };
}

/** The ARN of the key that made a ciphertext. @throws AwsError InvalidCiphertextException */
export function ciphertextKey(blob: Buffer): string {
  const length = blob.length > headerLength ? blob.readUInt16BE(1) : 0;
  if (blob[0] !== version || length === 0 || blob.length < headerLength + length + 28) {
    throw new AwsError('InvalidCiphertextException', '');
  }
  return blob.subarray(headerLength, headerLength + length).toString();
}

function seal(key: Key, plaintext: Buffer, input: AwsInput): Buffer {
  requireSymmetric(key, 'Encrypt');
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key.material, nonce).setAAD(contextBytes(input));
  const sealed = Buffer.concat([cipher.update(plaintext), cipher.final()]);
  const header = Buffer.alloc(headerLength);
  header.writeUInt8(version);
  header.writeUInt16BE(Buffer.byteLength(key.arn), 1);
  return Buffer.concat([header, Buffer.from(key.arn), nonce, cipher.getAuthTag(), sealed]);
}

function requireSymmetric(key: Key, operation: string): void {
  if (key.spec === 'SYMMETRIC_DEFAULT' && key.usage === 'ENCRYPT_DECRYPT') return;
  const reason = `${key.arn} key usage is ${key.usage} which is not valid for ${operation}.`;
  throw new AwsError('InvalidKeyUsageException', reason);
}

/** The encryption context is authenticated, whatever the order of its pairs. */
function contextBytes(input: AwsInput): Buffer {
  const pairs = Object.entries((input['EncryptionContext'] ?? {}) as Record<string, string>);
  return Buffer.from(JSON.stringify(pairs.sort(([a], [b]) => (a < b ? -1 : 1))));
}
