import { randomUUID } from 'node:crypto';
import type { AwsInput } from '../service.ts';
import { AwsError } from '../service.ts';
import { existing, missing, named, read } from './input.ts';
import type { Secret, SecretStore, SecretVersion } from './secret-store.ts';
import { moveStage, withVersion } from './versions.ts';

/** `GetSecretValue` */
export function getValue(store: SecretStore, input: AwsInput): object {
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

/** `DescribeSecret` */
export function describe(store: SecretStore, input: AwsInput): object {
  const secret = named(store, input);
  const stages = secret.versions.map(({ id, stages }) => [id, stages] as const);
  const { arn: ARN, name: Name, description: Description, deletionDate: DeletedDate } = secret;
  return { ARN, Name, Description, DeletedDate, VersionIdsToStages: Object.fromEntries(stages) };
}

/** `PutSecretValue` */
export function putValue(store: SecretStore, input: AwsInput): object {
  const secret = existing(store, input);
  const version = newVersion(input);
  const same = secret.versions.find(({ id }) => id === version.id);
  if (same && (same.text !== version.text || same.binary !== version.binary)) {
    throw new AwsError('ResourceExistsException', `a version with the id ${version.id} has another value`);
  }
  if (!same) store.save(withVersion(secret, version));
  return written(secret, same ?? version);
}

/** `UpdateSecretVersionStage` */
export function updateStage(store: SecretStore, input: AwsInput): object {
  const secret = existing(store, input);
  const to = typeof input['MoveToVersionId'] === 'string' ? input['MoveToVersionId'] : undefined;
  const from = typeof input['RemoveFromVersionId'] === 'string' ? input['RemoveFromVersionId'] : undefined;
  store.save(moveStage(secret, read(input, 'VersionStage'), { from, to }));
  return { ARN: secret.arn, Name: secret.name };
}

/** The version that a call describes. @throws AwsError InvalidParameterException */
export function newVersion(input: AwsInput): SecretVersion {
  const { ClientRequestToken: token, VersionStages: stages, SecretString: text, SecretBinary: binary } = input;
  if ((typeof text === 'string') === (typeof binary === 'string')) {
    throw new AwsError('InvalidParameterException', 'You must provide either SecretString or SecretBinary.');
  }
  if (typeof token === 'string' && (token.length < 32 || token.length > 64)) {
    throw new AwsError('InvalidParameterException', 'ClientRequestToken must have 32 to 64 characters.');
  }
  return {
    id: typeof token === 'string' ? token : randomUUID(),
    stages: Array.isArray(stages) ? stages.map(String) : ['AWSCURRENT'],
    ...(typeof text === 'string' ? { text } : { binary: binary as string }),
    createdAt: Math.floor(Date.now() / 1000),
  };
}

/** What AWS says of a value that was put or read. */
export function written({ arn, name }: Secret, { id, stages }: SecretVersion): object {
  return { ARN: arn, Name: name, VersionId: id, VersionStages: stages };
}
