import { join } from 'node:path';
import type { AwsSpec } from '../aws-spec.ts';
import type { AwsInput, Service } from '../service.ts';
import { roleArn } from '../service.ts';
import { existing, newArn, read } from './input.ts';
import { create, remove, restore } from './lives.ts';
import { judgePolicy, policyVerdict } from './resource-policy.ts';
import type { SecretStore } from './secret-store.ts';
import { openSecretStore } from './secret-store.ts';
import { describe, getValue, putValue, updateStage } from './values.ts';

type Operation = (store: SecretStore, input: AwsInput, region: string) => object;

/** Secrets Manager; values stay in the state folder. */
export function createSecretsManager(spec: Pick<AwsSpec, 'stateDir' | 'secrets' | 'principals'>): Service {
  const store = openSecretStore(join(spec.stateDir, 'secrets'), spec.secrets);
  const roles = new Set(spec.principals.map(({ functionName }) => roleArn(functionName)));
  const operations: Readonly<Record<string, Operation>> = {
    GetSecretValue: getValue,
    DescribeSecret: describe,
    PutSecretValue: putValue,
    UpdateSecretVersionStage: updateStage,
    CreateSecret: create,
    DeleteSecret: remove,
    RestoreSecret: restore,
    GetResourcePolicy: getPolicy,
    PutResourcePolicy: (_, input) => putPolicy(store, input, (arn) => roles.has(arn)),
    DeleteResourcePolicy: deletePolicy,
  };
  return {
    name: 'secretsmanager',
    jsonVersion: '1.1',
    errorNamespace: '',
    knows: (operation) => Object.hasOwn(operations, operation),
    requests: (operation, input, region) => {
      const id = read(input, operation === 'CreateSecret' ? 'Name' : 'SecretId');
      const elsewhere = id.startsWith('arn:') ? id : newArn(id, region, '??????');
      const resource = (operation === 'CreateSecret' ? undefined : store.find(id)?.arn) ?? elsewhere;
      return [{ action: `secretsmanager:${operation}`, resource, context: contextOf(input) }];
    },
    verdict(request, principal) {
      const policy = store.find(request.resource)?.policy;
      return policy === undefined ? undefined : policyVerdict(policy, request, principal);
    },
    answer: async (operation, input, { region }) => ({ output: operations[operation]?.(store, input, region) ?? {} }),
  };
}

function contextOf(input: AwsInput): Record<string, readonly string[] | undefined> {
  const { VersionStage: stage } = input;
  const flag = (name: string) => (typeof input[name] === 'boolean' ? [String(input[name])] : undefined);
  return {
    'secretsmanager:VersionStage': [typeof stage === 'string' ? stage : 'AWSCURRENT'],
    'secretsmanager:BlockPublicPolicy': flag('BlockPublicPolicy'),
    'secretsmanager:ForceDeleteWithoutRecovery': flag('ForceDeleteWithoutRecovery'),
  };
}

function getPolicy(store: SecretStore, input: AwsInput): object {
  const { arn: ARN, name: Name, policy: ResourcePolicy } = existing(store, input);
  return { ARN, Name, ResourcePolicy };
}

function putPolicy(store: SecretStore, input: AwsInput, exists: (arn: string) => boolean): object {
  const secret = existing(store, input);
  const policy = read(input, 'ResourcePolicy');
  judgePolicy(policy, input['BlockPublicPolicy'] === true, exists);
  store.save({ ...secret, policy });
  return { ARN: secret.arn, Name: secret.name };
}

function deletePolicy(store: SecretStore, input: AwsInput): object {
  const { policy: _, ...secret } = existing(store, input);
  store.save(secret);
  return { ARN: secret.arn, Name: secret.name };
}
