import { randomBytes, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { AwsSpec } from '../aws-spec.ts';
import type { AwsInput, Service } from '../service.ts';
import { AwsError, localAccount } from '../service.ts';
import type { Secret, SecretStore, SecretVersion } from './secret-store.ts';
import { openSecretStore, withVersion } from './secret-store.ts';

type Operation = (store: SecretStore, input: AwsInput, region: string) => object;

const operations: Readonly<Record<string, Operation>> = {
  GetSecretValue: getValue,
  DescribeSecret: describe,
  PutSecretValue: putValue,
  CreateSecret: create,
};

/** Secrets Manager; values stay in the state folder. */
export function createSecretsManager(spec: Pick<AwsSpec, 'stateDir' | 'secrets'>): Service {
  const store = openSecretStore(join(spec.stateDir, 'secrets'), spec.secrets);
  return {
    name: 'secretsmanager',
    jsonVersion: '1.1',
    errorNamespace: '',
    knows: (operation) => Object.hasOwn(operations, operation),
    requests: (operation, input, region) => {
      const id = read(input, operation === 'CreateSecret' ? 'Name' : 'SecretId');
      const elsewhere = id.startsWith('arn:') ? id : newArn(id, region, '??????');
      const resource = (operation === 'CreateSecret' ? undefined : store.find(id)?.arn) ?? elsewhere;
      return [{ action: `secretsmanager:${operation}`, resource, context: versionContext(input) }];
    },
    answer: async (operation, input, { region }) => ({ output: operations[operation]?.(store, input, region) ?? {} }),
  };
}

function versionContext(input: AwsInput): Record<string, readonly string[] | undefined> {
  const stage = input['VersionStage'];
  return { 'secretsmanager:VersionStage': [typeof stage === 'string' ? stage : 'AWSCURRENT'] };
}

function getValue(store: SecretStore, input: AwsInput): object {
  const secret = existing(store, input);
  const stage = typeof input['VersionStage'] === 'string' ? input['VersionStage'] : 'AWSCURRENT';
  const id = input['VersionId'];
  const version = secret.versions.find((v) => (typeof id === 'string' ? v.id === id : v.stages.includes(stage)));
  if (!version) {
    const wanted = typeof id === 'string' ? `version id: ${id}` : `staging label: ${stage}`;
    throw missing(`Secrets Manager can't find the specified secret value for ${wanted}`);
  }
  return {
    ...written(secret, version),
    CreatedDate: version.createdAt,
    ...(version.text === undefined ? {} : { SecretString: version.text }),
    ...(version.binary === undefined ? {} : { SecretBinary: version.binary }),
  };
}

function describe(store: SecretStore, input: AwsInput): object {
  const secret = existing(store, input);
  const stages = secret.versions.map(({ id, stages }) => [id, stages] as const);
  const { arn: ARN, name: Name, description: Description } = secret;
  return { ARN, Name, Description, VersionIdsToStages: Object.fromEntries(stages) };
}

function putValue(store: SecretStore, input: AwsInput): object {
  const secret = existing(store, input);
  const version = newVersion(input);
  const same = secret.versions.find(({ id }) => id === version.id);
  if (same && (same.text !== version.text || same.binary !== version.binary)) {
    throw new AwsError('ResourceExistsException', `a version with the id ${version.id} has another value`);
  }
  if (!same) store.save(withVersion(secret, version));
  return written(secret, same ?? version);
}

function create(store: SecretStore, input: AwsInput, region: string): object {
  const name = read(input, 'Name');
  if (store.find(name)) {
    throw new AwsError('ResourceExistsException', `The operation failed because the secret ${name} already exists.`);
  }
  const end = randomBytes(3).toString('hex');
  const description = typeof input['Description'] === 'string' ? input['Description'] : '';
  const secret: Secret = { arn: newArn(name, region, end), name, description, versions: [] };
  if (input['SecretString'] === undefined && input['SecretBinary'] === undefined) {
    store.save(secret);
    return { ARN: secret.arn, Name: name };
  }
  const version = newVersion(input);
  store.save(withVersion(secret, version));
  return written(secret, version);
}

function newVersion(input: AwsInput): SecretVersion {
  const { ClientRequestToken: token, VersionStages: stages, SecretString: text, SecretBinary: binary } = input;
  if ((typeof text === 'string') === (typeof binary === 'string')) {
    throw new AwsError('InvalidParameterException', 'You must provide either SecretString or SecretBinary.');
  }
  return {
    id: typeof token === 'string' ? token : randomUUID(),
    stages: Array.isArray(stages) ? stages.map(String) : ['AWSCURRENT'],
    ...(typeof text === 'string' ? { text } : { binary: binary as string }),
    createdAt: Math.floor(Date.now() / 1000),
  };
}

function written({ arn, name }: Secret, { id, stages }: SecretVersion): object {
  return { ARN: arn, Name: name, VersionId: id, VersionStages: stages };
}

function existing(store: SecretStore, input: AwsInput): Secret {
  const secret = store.find(read(input, 'SecretId'));
  if (!secret) throw missing("Secrets Manager can't find the specified secret.");
  return secret;
}

function missing(message: string): AwsError {
  return new AwsError('ResourceNotFoundException', message);
}

function read(input: AwsInput, name: string): string {
  const value = input[name];
  if (typeof value === 'string' && value !== '') return value;
  throw new AwsError('InvalidParameterException', `${name} must be given`);
}

function newArn(name: string, region: string, end: string): string {
  return `arn:aws:secretsmanager:${region}:${localAccount}:secret:${name}-${end}`;
}
