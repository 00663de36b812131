import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import {
  CreateSecretCommand,
  DescribeSecretCommand,
  GetSecretValueCommand,
  ListSecretsCommand,
  PutSecretValueCommand,
} from '@aws-sdk/client-secrets-manager';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { secretArn, startCloud } from './cloud.ts';

const declared = [
  { arn: secretArn('plain'), properties: { SecretString: 'first' } },
  { arn: secretArn('pepper'), properties: { GenerateSecretString: { PasswordLength: 64, ExcludePunctuation: true } } },
  {
    arn: secretArn('upstream'),
    properties: {
      Name: 'gatehouse/upstream',
      GenerateSecretString: {
        SecretStringTemplate: '{"clientId":"gatehouse"}',
        GenerateStringKey: 'clientSecret',
        ExcludeLowercase: true,
        ExcludeUppercase: true,
        ExcludePunctuation: true,
        ExcludeCharacters: '01234',
      },
    },
  },
];
let cloud: Awaited<ReturnType<typeof startCloud>>;
beforeAll(async () => {
  cloud = await startCloud({}, { secrets: declared });
});
afterAll(() => cloud.remove());

const secrets = () => cloud.as('admin').secrets;
const value = async (SecretId: string) => (await secrets().send(new GetSecretValueCommand({ SecretId }))).SecretString;
const restart = async (spec = declared) => {
  await cloud.stop();
  cloud = await startCloud({}, { secrets: spec, stateDir: cloud.stateDir });
};

test('GenerateSecretString is honoured', async () => {
  const pepper = await value(secretArn('pepper'));
  expect(pepper).toMatch(/^[A-Za-z0-9]{64}$/);
  for (const part of [/[a-z]/, /[A-Z]/, /[0-9]/]) expect(pepper).toMatch(part);
  const upstream = JSON.parse((await value('gatehouse/upstream')) ?? '') as Record<string, string>;
  expect(upstream).toEqual({ clientId: 'gatehouse', clientSecret: expect.stringMatching(/^[5-9]{32}$/) as string });
});

test('a generated value outlives a restart', async () => {
  const before = await value('pepper');
  await restart();
  expect(await value('pepper')).toBe(before);
});

test('a value that the template changes becomes current', async () => {
  await restart([{ arn: secretArn('plain'), properties: { SecretString: 'second' } }, ...declared.slice(1)]);
  expect(await value('plain')).toBe('second');
  const before = new GetSecretValueCommand({ SecretId: 'plain', VersionStage: 'AWSPREVIOUS' });
  expect((await secrets().send(before)).SecretString).toBe('first');
});

test('a value can be put, and is still there after a restart', async () => {
  const { VersionId } = await secrets().send(new PutSecretValueCommand({ SecretId: 'pepper', SecretString: 'mine' }));
  await restart();
  expect(await value('pepper')).toBe('mine');
  const described = await secrets().send(new DescribeSecretCommand({ SecretId: 'pepper' }));
  expect(described.VersionIdsToStages?.[VersionId ?? '']).toEqual(['AWSCURRENT']);
  expect(Object.values(described.VersionIdsToStages ?? {})).toContainEqual(['AWSPREVIOUS']);
});

test('repeating a put with its token changes nothing; another value under the same token is refused', async () => {
  const ClientRequestToken = 'a-token-of-thirty-two-characters!';
  const put = (SecretString: string) =>
    secrets().send(new PutSecretValueCommand({ SecretId: 'pepper', SecretString, ClientRequestToken }));
  expect((await put('one')).VersionId).toBe((await put('one')).VersionId);
  await expect(put('two')).rejects.toMatchObject({ name: 'ResourceExistsException' });
});

test('a secret can be made once', async () => {
  const create = new CreateSecretCommand({ Name: 'clients/ada', SecretBinary: Buffer.from([1, 2]) });
  const { ARN } = await secrets().send(create);
  expect(ARN).toMatch(/:secret:clients\/ada-[0-9a-f]{6}$/);
  const got = await secrets().send(new GetSecretValueCommand({ SecretId: ARN ?? '' }));
  expect([...(got.SecretBinary ?? [])]).toEqual([1, 2]);
  await expect(secrets().send(create)).rejects.toMatchObject({ name: 'ResourceExistsException' });
});

test('what is missing or not offered is named', async () => {
  await expect(value('nothing')).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  await expect(secrets().send(new ListSecretsCommand({}))).rejects.toMatchObject({
    name: 'UnknownOperationException',
    message: expect.stringContaining('secretsmanager:ListSecrets') as string,
  });
});

test('the state folder is its owner’s alone', async () => {
  expect((await stat(cloud.stateDir)).mode & 0o777).toBe(0o700);
  const folder = join(cloud.stateDir, 'secrets');
  for (const name of await readdir(folder)) expect((await stat(join(folder, name))).mode & 0o777).toBe(0o600);
});

test('no secret is logged', async () => {
  await expect(value('plain')).resolves.toBe('first');
  expect(cloud.lines.join('\n')).not.toContain('first');
});
