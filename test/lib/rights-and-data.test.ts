import { beforeAll, describe, expect, test } from 'vitest';
import type { FunctionName, Table, TableName } from '../../lambdas/contract/tables.ts';
import { tableAccess, tables, tableVariable } from '../../lambdas/contract/tables.ts';
import type { Synthesized } from './synthesize.ts';
import { flat, pascal, statements, synthesize } from './synthesize.ts';

let development: Synthesized;
let production: Synthesized;
let edgeNone: Synthesized;

beforeAll(() => {
  development = synthesize({ stage: 'development' });
  production = synthesize({ stage: 'production' });
  edgeNone = synthesize({ stage: 'development', edge: 'none' });
});

function indexesOf(name: string): string[] {
  const { indexes = {} }: Table = tables[name as TableName];
  return Object.keys(indexes).map((index) => `${name}/index/${index}`);
}

const isOfKms = ({ actions }: { readonly actions: readonly string[] }) => actions.join().startsWith('kms:');

describe('roles', () => {
  test('no action has a wildcard, and of resources only what is made at run time: secrets of clients, signing keys', () => {
    const all = [...statements(development), ...statements(production), ...statements(edgeNone)];
    expect(all.length).toBeGreaterThan(30);
    const wrong = all.filter(({ actions, resources }) => [...actions, ...resources].some((text) => text.includes('*')));
    const [keys, secrets] = [wrong.filter(isOfKms), wrong.filter((one) => !isOfKms(one))];
    // F-G2 Never a key that does not belong to this stack, whatever its ARN.
    expect(keys.map(({ actions }) => actions.join()).sort()).toEqual(
      ['kms:CreateKey', 'kms:GetPublicKey', 'kms:Sign', 'kms:TagResource'].flatMap((action) => [
        action,
        action,
        action,
      ]),
    );
    for (const { actions, conditions } of keys) {
      const isRead = actions.includes('kms:GetPublicKey');
      expect(JSON.stringify(conditions)).toMatch(isRead ? /"kms:KeySpec":/ : /"aws:\w+Tag\/gatehouse:signs-for":"\w+"/);
    }
    expect(secrets).toHaveLength(3);
    for (const { policy, actions, resources } of secrets) {
      expect(policy).toMatch(/^FunctionsAdmin/);
      expect(resources).toEqual([expect.stringMatching(/:secretsmanager:.*:secret:gatehouse\/\w+\/clients\/\*$/)]);
      // F-B5 It writes them and reads none.
      expect(actions).not.toContain('secretsmanager:GetSecretValue');
      expect(actions.join()).not.toContain('*');
    }
  });

  test('the only resource policy with a wildcard is that of the KMS key, which means the key itself', () => {
    const [[, key] = []] = development.of('AWS::KMS::Key');
    const policy = key!.Properties['KeyPolicy'].Statement as Record<string, any>[]; // eslint-disable-line @typescript-eslint/no-explicit-any
    expect(policy).toHaveLength(1);
    expect(flat(policy[0]!['Principal'].AWS)).toMatch(/:iam::\$\{AWS::AccountId\}:root$/);
  });

  test.each(Object.keys(tableAccess) as FunctionName[])(
    '%s may do to tables what the contract lists, no more',
    (name) => {
      const role = name === 'mcp' ? 'FunctionsServerTodo' : `Functions${pascal(name)}`;
      const expected = Object.entries(tableAccess[name] as Record<string, readonly string[]>).flatMap(
        ([table, actions]) => [
          ...actions.map((action) => `${action} ${table}`),
          // Lists are read by index.
          ...(actions.includes('dynamodb:Query') ? indexesOf(table) : []).map((on) => `dynamodb:Query ${on}`),
        ],
      );
      const actual = statements(development)
        .filter(({ policy }) => policy.startsWith(role))
        .flatMap(({ actions, resources }) => actions.flatMap((action) => resources.map((on) => `${action} ${on}`)))
        .filter((grant) => grant.startsWith('dynamodb:'))
        .map((grant) => grant.replace(/\$\{Tables(\w+?)[0-9A-F]{8}\.Arn\}/, '$1'));
      expect(actual.sort()).toEqual(expected.sort());
    },
  );

  test.each([
    ['kms:Sign', ['Token']],
    ['kms:GetPublicKey', ['Admin', 'KeyRotation']],
    ['kms:CreateKey', ['Admin']],
    ['kms:TagResource', ['Admin']],
    ['secretsmanager:GetSecretValue', ['Account', 'Admin', 'Interaction', 'Token']],
  ])('%s is allowed to %s only', (action, owners) => {
    const holders = statements(development).filter(({ actions }) => actions.includes(action));
    const names = holders.flatMap(({ roles }) => roles.map((role) => role.replace(/^.*Functions(\w+)Role.*$/, '$1')));
    expect([...new Set(names)].sort()).toEqual(owners);
  });

  test('the upstream client secret is for interaction alone', () => {
    const readers = statements(development).filter(({ resources }) =>
      resources.some((resource) => resource.includes('UserDirectoryClientSecret')),
    );
    expect(readers.map(({ policy }) => policy)).toEqual([expect.stringMatching(/^FunctionsInteraction/)]);
  });

  test('token may sign with the one algorithm only', () => {
    const signing = statements(development).filter(({ actions }) => actions.includes('kms:Sign'));
    const algorithm = { 'kms:SigningAlgorithm': 'RSASSA_PKCS1_V1_5_SHA_256' };
    expect(signing.map(({ conditions }) => conditions)).toEqual([
      { StringEquals: algorithm },
      { StringEquals: { ...algorithm, 'aws:ResourceTag/gatehouse:signs-for': expect.any(String) } },
    ]);
  });

  test('a function has no managed policy; one role of the account lets API Gateway log', () => {
    const managed = development.of('AWS::IAM::Role').filter(([, { Properties }]) => Properties['ManagedPolicyArns']);
    expect(managed.map(([id]) => id)).toEqual([expect.stringMatching(/^ApiGatewayLogRole/)]);
    expect(managed[0]![1].DeletionPolicy).toBe('Retain');
  });
});

describe('functions', () => {
  test('run on Node 24 and arm64, log JSON into their own group, and have no secret in the environment', () => {
    const functions = development.of('AWS::Lambda::Function').map(([, { Properties }]) => Properties);
    expect(functions).toHaveLength(11);
    for (const { Environment, ...rest } of functions) {
      expect(rest).toMatchObject({
        Runtime: 'nodejs24.x',
        Architectures: ['arm64'],
        Handler: 'index.handler',
        LoggingConfig: { LogFormat: 'JSON', LogGroup: { Ref: expect.any(String) } },
      });
      for (const [name, value] of Object.entries((Environment?.Variables ?? {}) as object)) {
        if (/SECRET|PEPPER/.test(name)) expect(name).toMatch(/_(ARN|PREFIX)$/);
        expect(JSON.stringify(value)).not.toMatch(/ClientSecret"\]|resolve:secretsmanager/);
      }
    }
  });

  test.each(Object.keys(tableAccess) as FunctionName[])('%s knows the names of its tables and of no other', (name) => {
    const id = name === 'mcp' ? 'FunctionsServerTodoHandler' : `Functions${pascal(name)}Handler`;
    const handler = development.of('AWS::Lambda::Function').find(([logicalId]) => logicalId.startsWith(id))![1];
    const variables = Object.keys(handler.Properties['Environment'].Variables as object);
    const expected = (Object.keys(tableAccess[name]) as TableName[]).map(tableVariable);
    expect(variables.filter((variable) => variable.startsWith('TABLE_')).sort()).toEqual([...expected].sort());
  });
});

describe('data', () => {
  test('tables have the keys and the time to live of the contract, on demand', () => {
    const made = development.of('AWS::DynamoDB::Table');
    expect(made.map(([id]) => id.replace(/^Tables(\w+?)[0-9A-F]{8}$/, '$1')).sort()).toEqual(
      Object.keys(tables).sort(),
    );
    for (const [name, shape] of Object.entries(tables) as [string, { partitionKey: string; timeToLive?: string }][]) {
      const { Properties } = made.find(([id]) => id.startsWith(`Tables${name}`))![1];
      expect(Properties['BillingMode']).toBe('PAY_PER_REQUEST');
      expect(Properties['KeySchema'][0]).toEqual({ AttributeName: shape.partitionKey, KeyType: 'HASH' });
      expect(Properties['TimeToLiveSpecification']).toEqual(
        shape.timeToLive ? { AttributeName: shape.timeToLive, Enabled: true } : undefined,
      );
    }
  });

  test('indexes hold keys only, so that a refresh or a call writes none of them', () => {
    const made = development.of('AWS::DynamoDB::Table');
    for (const [name, { indexes = {} }] of Object.entries(tables) as [string, Table][]) {
      const { Properties } = made.find(([id]) => id.startsWith(`Tables${name}`))![1];
      const expected = Object.entries(indexes).map(([IndexName, { partitionKey, sortKey }]) => ({
        IndexName,
        KeySchema: [
          { AttributeName: partitionKey, KeyType: 'HASH' },
          { AttributeName: sortKey, KeyType: 'RANGE' },
        ],
        Projection: { ProjectionType: 'KEYS_ONLY' },
      }));
      expect(Properties['GlobalSecondaryIndexes'] ?? []).toEqual(expected);
      const changing = ['expiresAt', 'rotatedAt', 'generation', 'lastUsedAt', 'writeId'];
      const keys = Object.values(indexes).flatMap((index) => [index.partitionKey, index.sortKey]);
      expect(keys.filter((key) => changing.includes(key))).toEqual([]);
    }
  });

  test('nothing switches encryption off, and the private key never leaves KMS', () => {
    for (const [, { Properties }] of production.of('AWS::DynamoDB::Table')) {
      // The key that AWS owns: there is no unencrypted table.
      expect(Properties['SSESpecification']).toBeUndefined();
    }
    const [[, key] = []] = production.of('AWS::KMS::Key');
    expect(key!.Properties).toMatchObject({ KeySpec: 'RSA_2048', KeyUsage: 'SIGN_VERIFY' });
    const [pepper] = production.of('AWS::SecretsManager::Secret').filter(([id]) => id.startsWith('Pepper'));
    expect(pepper![1].Properties['GenerateSecretString'].PasswordLength).toBe(64);
  });

  test('the key record names the key and the algorithm', () => {
    const [[, record] = []] = development.of('Custom::SigningKey');
    expect(flat(record!.Properties['keyArn'])).toMatch(/^\$\{SigningKeyKeyRS256\w+\.Arn\}$/);
    expect(record!.Properties['algorithm']).toBe('RS256');
    expect(flat(record!.Properties['ServiceToken'])).toMatch(/^\$\{FunctionsKeyRotationHandler\w+\.Arn\}$/);
  });
});

test.each([
  ['RS256', 'RSA_2048', 'RSASSA_PKCS1_V1_5_SHA_256'],
  ['ES256', 'ECC_NIST_P256', 'ECDSA_SHA_256'],
  ['EdDSA', 'ECC_NIST_EDWARDS25519', 'ED25519_SHA_512'],
] as const)('%s tokens are signed by a KMS key %s with %s', (signingAlgorithm, keySpec, signature) => {
  const stack = synthesize({ signingAlgorithm });
  expect(stack.of('AWS::KMS::Key').map(([, { Properties }]) => Properties['KeySpec'])).toEqual([keySpec]);
  expect(JSON.stringify(stack.of('AWS::IAM::Policy'))).toContain(`"kms:SigningAlgorithm":"${signature}"`);
});

test('D13 nothing is billed by the hour: every type of resource is known to cost by use, or cents a month', () => {
  const byUse =
    /^(AWS::(ApiGateway|CloudFront|Cognito|DynamoDB|IAM|Lambda|Logs|SecretsManager|KMS|CloudWatch)::\w+|Custom::SigningKey)$/;
  const types = [development, production, edgeNone].flatMap(({ resources }) => Object.values(resources));
  expect(types.map(({ Type }) => Type).filter((type) => !byUse.test(type))).toEqual([]);
  const all = JSON.stringify(development.resources);
  for (const hourly of ['ProvisionedConcurren', 'ProvisionedThroughput', 'CacheClusterEnabled', 'VpcConfig']) {
    expect(all).not.toContain(hourly);
  }
  // Idle: a dollar a key, 40 cents a secret, 10 cents an alarm.
  const count = (type: string): number => production.of(type).length;
  const idle =
    count('AWS::KMS::Key') + 0.4 * count('AWS::SecretsManager::Secret') + 0.1 * count('AWS::CloudWatch::Alarm');
  expect(idle).toBeLessThan(10);
});
