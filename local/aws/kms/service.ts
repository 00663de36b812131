import { createPublicKey } from 'node:crypto';
import { join } from 'node:path';
import type { AwsSpec } from '../aws-spec.ts';
import type { AccessRequest, ConditionContext } from '../iam/request.ts';
import type { AwsInput, Service } from '../service.ts';
import { AwsError, localAccount } from '../service.ts';
import { readBlob, readText } from './blob.ts';
import { ciphertextKey, decrypt, encrypt, generateDataKey } from './encryption.ts';
import { algorithmsOf } from './key-spec.ts';
import type { Key, KeyStore } from './key-store.ts';
import { openKeyStore, tagsOf } from './key-store.ts';
import { signMessage, verifyMessage } from './signing.ts';

const operations: Readonly<Record<string, (key: Key, input: AwsInput) => object>> = {
  Sign: signMessage,
  Verify: verifyMessage,
  GetPublicKey: publicKey,
  DescribeKey: (key) => ({ KeyMetadata: metadata(key) }),
  Encrypt: encrypt,
  Decrypt: decrypt,
  GenerateDataKey: (key, input) => generateDataKey(key, input, true),
  GenerateDataKeyWithoutPlaintext: (key, input) => generateDataKey(key, input, false),
};

/** KMS on node:crypto; key material stays in the state folder. */
export function createKms(spec: Pick<AwsSpec, 'stateDir' | 'keys' | 'log'>): Service {
  const store = openKeyStore(join(spec.stateDir, 'keys'), spec.keys, (line) => spec.log(line));
  return {
    name: 'kms',
    jsonVersion: '1.1',
    errorNamespace: '',
    knows: (operation) => operation === 'CreateKey' || Object.hasOwn(operations, operation),
    requests: (operation, input, region) => accessRequests(store, operation, input, region),
    async answer(operation, input, { region }) {
      if (operation === 'CreateKey') return { output: { KeyMetadata: metadata(await store.create(input, region)) } };
      const key = await store.get(keyIdOf(operation, input));
      if (!key.enabled && operation !== 'DescribeKey')
        throw new AwsError('DisabledException', `${key.arn} is disabled.`);
      return { output: operations[operation]?.(key, input) ?? {} };
    },
  };
}

function keyIdOf(operation: string, input: AwsInput): string {
  if (operation === 'Decrypt' && !input['KeyId']) return ciphertextKey(readBlob(input, 'CiphertextBlob', 6144));
  return readText(input, 'KeyId');
}

function accessRequests(store: KeyStore, operation: string, input: AwsInput, region: string): AccessRequest[] {
  const action = `kms:${operation}`;
  if (operation === 'CreateKey') return creation(input, region);
  const keyId = keyIdOf(operation, input);
  const elsewhere = keyId.startsWith('arn:') ? keyId : `arn:aws:kms:${region}:${localAccount}:key/${keyId}`;
  const resource = store.resolve(keyId) ?? elsewhere;
  const { spec, usage, tags = {} } = store.traits(resource) ?? {};
  const traits = { 'kms:KeySpec': one(spec), 'kms:KeyUsage': one(usage), ...tagContext('ResourceTag', tags) };
  return [{ action, resource, context: { ...conditionContext(input), ...traits } }];
}

/** Whoever gives tags to a new key needs the right to tag, too. */
function creation(input: AwsInput, region: string): AccessRequest[] {
  const tags = tagContext('RequestTag', tagsOf(input['Tags']));
  const context = { ...tags, 'kms:KeySpec': one(input['KeySpec']), 'kms:KeyUsage': one(input['KeyUsage']) };
  const tagging = {
    action: 'kms:TagResource',
    resource: `arn:aws:kms:${region}:${localAccount}:key/new`,
    context: tags,
  };
  return [{ action: 'kms:CreateKey', resource: '*', context }, ...(Object.keys(tags).length > 0 ? [tagging] : [])];
}

function tagContext(of: 'RequestTag' | 'ResourceTag', tags: Readonly<Record<string, string>>): ConditionContext {
  return Object.fromEntries(Object.entries(tags).map(([name, value]) => [`aws:${of}/${name}`, [value]]));
}

function one(value: unknown): readonly string[] | undefined {
  return typeof value === 'string' ? [value] : undefined;
}

function conditionContext(input: AwsInput): ConditionContext {
  const encryption = Object.entries((input['EncryptionContext'] ?? {}) as Record<string, string>);
  return {
    'kms:SigningAlgorithm': one(input['SigningAlgorithm']),
    'kms:MessageType': one(input['MessageType'] ?? ('Message' in input ? 'RAW' : undefined)),
    'kms:EncryptionContextKeys': encryption.map(([key]) => key),
    ...Object.fromEntries(encryption.map(([key, value]) => [`kms:EncryptionContext:${key}`, [value]])),
  };
}

function publicKey(key: Key): object {
  if (key.spec === 'SYMMETRIC_DEFAULT') {
    throw new AwsError('UnsupportedOperationException', `${key.arn} is symmetric and has no public key.`);
  }
  return {
    KeyId: key.arn,
    KeySpec: key.spec,
    KeyUsage: key.usage,
    PublicKey: createPublicKey(key.material).export({ type: 'spki', format: 'der' }).toString('base64'),
    SigningAlgorithms: Object.keys(algorithmsOf(key.spec)),
  };
}

function metadata(key: Key): object {
  return {
    Arn: key.arn,
    KeyId: key.arn.slice(key.arn.lastIndexOf('/') + 1),
    AWSAccountId: key.arn.split(':')[4],
    CreationDate: key.createdAt,
    Description: key.description,
    Enabled: key.enabled,
    KeyState: key.enabled ? 'Enabled' : 'Disabled',
    KeyManager: 'CUSTOMER',
    KeySpec: key.spec,
    KeyUsage: key.usage,
    Origin: 'AWS_KMS',
    MultiRegion: false,
    ...(key.usage === 'SIGN_VERIFY' ? { SigningAlgorithms: Object.keys(algorithmsOf(key.spec)) } : {}),
  };
}
