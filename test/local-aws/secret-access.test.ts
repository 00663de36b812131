import {
  CreateSecretCommand,
  DeleteResourcePolicyCommand,
  DeleteSecretCommand,
  DescribeSecretCommand,
  GetResourcePolicyCommand,
  GetSecretValueCommand,
  PutResourcePolicyCommand,
  PutSecretValueCommand,
  RestoreSecretCommand,
  UpdateSecretVersionStageCommand,
} from '@aws-sdk/client-secrets-manager';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startCloud } from './cloud.ts';

const role = (name: string): string => `arn:aws:iam::000000000000:role/${name}`;
const named = { Effect: 'Allow', Action: 'secretsmanager:GetSecretValue', Resource: '*' };
const denied = { ...named, Effect: 'Deny' };
let cloud: Awaited<ReturnType<typeof startCloud>>;
let count = 0;
beforeAll(async () => {
  cloud = await startCloud({ reader: [], other: [], barred: [denied] });
});
afterAll(() => cloud.remove());

const admin = () => cloud.as('admin').secrets;
const make = async (): Promise<string> => {
  count += 1;
  const Name = `clients/c${count}`;
  await admin().send(new CreateSecretCommand({ Name, SecretString: 'first' }));
  return Name;
};
const read = async (who: string, SecretId: string) =>
  (await cloud.as(who).secrets.send(new GetSecretValueCommand({ SecretId }))).SecretString;
const put = (SecretId: string, statement: object, BlockPublicPolicy = true) => {
  const ResourcePolicy = JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
  return admin().send(new PutResourcePolicyCommand({ SecretId, ResourcePolicy, BlockPublicPolicy }));
};
const refusal = (name: string) => ({ name }) as unknown;

describe('a resource policy counts', () => {
  test('whom it names may read, and nobody else', async () => {
    const id = await make();
    await expect(read('reader', id)).rejects.toMatchObject({ name: 'AccessDeniedException' });
    await put(id, { ...named, Principal: { AWS: [role('reader')] } });
    expect(await read('reader', id)).toBe('first');
    await expect(read('other', id)).rejects.toMatchObject({ name: 'AccessDeniedException' });
    const write = new PutSecretValueCommand({ SecretId: id, SecretString: 'x' });
    await expect(cloud.as('reader').secrets.send(write)).rejects.toMatchObject({ name: 'AccessDeniedException' });
  });

  test('it can be read and taken away again', async () => {
    const id = await make();
    await put(id, { ...named, Principal: { AWS: role('reader') } });
    const { ResourcePolicy } = await admin().send(new GetResourcePolicyCommand({ SecretId: id }));
    expect(ResourcePolicy).toContain(role('reader'));
    for (let i = 0; i < 2; i += 1) await admin().send(new DeleteResourcePolicyCommand({ SecretId: id }));
    await expect(read('reader', id)).rejects.toMatchObject({ name: 'AccessDeniedException' });
  });

  test('either policy may deny', async () => {
    const id = await make();
    await put(id, { ...named, Principal: { AWS: [role('reader'), role('barred')] } });
    await expect(read('barred', id)).rejects.toMatchObject({ name: 'AccessDeniedException' });
    await put(id, { ...denied, Principal: { AWS: role('admin') } });
    await expect(read('admin', id)).rejects.toMatchObject({ name: 'AccessDeniedException' });
  });

  test('the root of the account opens nothing by itself', async () => {
    const id = await make();
    await put(id, { ...named, Principal: { AWS: '000000000000' } });
    await expect(read('reader', id)).rejects.toMatchObject({ name: 'AccessDeniedException' });
  });

  test.each([
    ['everybody', { ...named, Principal: { AWS: '*' } }, 'PublicPolicyException'],
    ['nobody who exists', { ...named, Principal: { AWS: role('nobody') } }, 'MalformedPolicyDocumentException'],
    ['no ARN', { ...named, Principal: { AWS: 'reader' } }, 'MalformedPolicyDocumentException'],
    ['nobody', named, 'MalformedPolicyDocumentException'],
  ])('one that names %s is refused', async (_, statement, name) => {
    const id = await make();
    await expect(put(id, statement)).rejects.toMatchObject(refusal(name) as object);
    expect((await admin().send(new GetResourcePolicyCommand({ SecretId: id }))).ResourcePolicy).toBeUndefined();
  });

  test('principals of other accounts are taken as they are', async () => {
    await expect(
      put(await make(), { ...named, Principal: { AWS: 'arn:aws:iam::123456789012:role/far' } }),
    ).resolves.toBeDefined();
  });
});

describe('versions', () => {
  test('a label moves from where it is, and AWSPREVIOUS with it', async () => {
    const SecretId = await make();
    const first = (await admin().send(new GetSecretValueCommand({ SecretId }))).VersionId ?? '';
    const { VersionId: second = '' } = await admin().send(new PutSecretValueCommand({ SecretId, SecretString: 'two' }));
    const move = { SecretId, VersionStage: 'AWSCURRENT', MoveToVersionId: first };
    const wrong = new UpdateSecretVersionStageCommand({ ...move, RemoveFromVersionId: first });
    await expect(admin().send(wrong)).rejects.toMatchObject({ name: 'InvalidParameterException' });
    await admin().send(new UpdateSecretVersionStageCommand({ ...move, RemoveFromVersionId: second }));
    const { VersionIdsToStages } = await admin().send(new DescribeSecretCommand({ SecretId }));
    expect(VersionIdsToStages).toEqual({ [first]: ['AWSCURRENT'], [second]: ['AWSPREVIOUS'] });
    expect(await read('admin', SecretId)).toBe('first');
    const nowhere = new UpdateSecretVersionStageCommand({ ...move, MoveToVersionId: 'x'.repeat(32) });
    await expect(admin().send(nowhere)).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });
});

describe('deleting', () => {
  test('with a recovery window: nothing but restoring is possible', async () => {
    const SecretId = await make();
    await admin().send(new DeleteSecretCommand({ SecretId, RecoveryWindowInDays: 7 }));
    await expect(read('admin', SecretId)).rejects.toMatchObject({ name: 'InvalidRequestException' });
    const again = new CreateSecretCommand({ Name: SecretId, SecretString: 'new' });
    await expect(admin().send(again)).rejects.toMatchObject({ name: 'InvalidRequestException' });
    await admin().send(new RestoreSecretCommand({ SecretId }));
    expect(await read('admin', SecretId)).toBe('first');
  });

  test('by force: gone at once, as often as one likes, and after a restart too', async () => {
    const SecretId = await make();
    const force = () => admin().send(new DeleteSecretCommand({ SecretId, ForceDeleteWithoutRecovery: true }));
    await force();
    await expect(force()).resolves.toBeDefined();
    await expect(read('admin', SecretId)).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    await cloud.stop();
    cloud = await startCloud({ reader: [], other: [], barred: [denied] }, { stateDir: cloud.stateDir });
    await expect(read('admin', SecretId)).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });

  test('the window is 7 to 30 days, and not by force', async () => {
    const SecretId = await make();
    for (const more of [{ RecoveryWindowInDays: 6 }, { RecoveryWindowInDays: 7, ForceDeleteWithoutRecovery: true }]) {
      const wrong = admin().send(new DeleteSecretCommand({ SecretId, ...more }));
      await expect(wrong).rejects.toMatchObject({ name: 'InvalidParameterException' });
    }
  });
});
