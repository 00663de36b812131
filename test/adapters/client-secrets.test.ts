import {
  DescribeSecretCommand,
  GetResourcePolicyCommand,
  GetSecretValueCommand,
} from '@aws-sdk/client-secrets-manager';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { clientSecrets } from '../../lambdas/adapters/client-secrets.ts';
import { digest } from '../../lambdas/core/digest.ts';
import type { ClientSecrets } from '../../lambdas/core/ports/client-secrets.ts';
import { UnknownReaders } from '../../lambdas/core/ports/client-secrets.ts';
import { clientsOf, startCloud } from '../local-aws/cloud.ts';
import type { LosingProxy } from './losing-proxy.ts';
import { losingProxy } from './losing-proxy.ts';
import { twentyTimes } from './tables.ts';

const prefix = 'gatehouse/Test/clients/';
const region = 'eu-central-1';
const mine = `arn:aws:secretsmanager:${region}:000000000000:secret:${prefix}*`;
const actions = ['Create', 'Describe', 'Delete'].map((verb) => `secretsmanager:${verb}Secret`);
const more = ['PutSecretValue', 'UpdateSecretVersionStage', 'PutResourcePolicy', 'DeleteResourcePolicy'];
/** As lib/functions.ts allows it: no function may read a secret of a client. */
const statement = {
  Effect: 'Allow',
  Action: [...actions, ...more.map((name) => `secretsmanager:${name}`)],
  Resource: mine,
};
const worker = 'arn:aws:iam::000000000000:role/worker';
let cloud: Awaited<ReturnType<typeof startCloud>>;
let proxy: LosingProxy;
let secrets: ClientSecrets;
let count = 0;
beforeAll(async () => {
  cloud = await startCloud({ console: [statement], worker: [] });
  proxy = await losingProxy(cloud.endpoint);
  const credentials = { accessKeyId: 'console', secretAccessKey: 'secret' };
  secrets = clientSecrets(prefix, { endpoint: proxy.endpoint, region, credentials });
});
afterAll(async () => {
  await proxy.stop();
  await cloud.remove();
});

const newId = () => `app_${(count += 1)}`;
const read = async (who: string, clientId: string) => {
  const { secrets: client } = clientsOf(cloud.endpoint, who);
  return (await client.send(new GetSecretValueCommand({ SecretId: `${prefix}${clientId}` }))).SecretString;
};
const describeSecret = (clientId: string) =>
  cloud.as('admin').secrets.send(new DescribeSecretCommand({ SecretId: `${prefix}${clientId}` }));

describe('F-B5 secrets of clients in Secrets Manager', () => {
  test('put makes it, and then puts another in its place; both are known by their digests', async () => {
    const id = newId();
    const arn = await secrets.put(id, 'first');
    expect(arn).toMatch(new RegExp(`:secret:${prefix}${id}-\\w{6}$`));
    expect(await read('admin', id)).toBe('first');
    expect(await secrets.put(id, 'second')).toBe(arn);
    expect(await read('admin', id)).toBe('second');
    expect((await describeSecret(id)).VersionIdsToStages).toEqual({
      [digest('first')]: ['AWSPREVIOUS'],
      [digest('second')]: ['AWSCURRENT'],
    });
    expect(await secrets.isCurrent(id, digest('second'))).toBe(true);
    expect(await secrets.isCurrent(id, digest('first'))).toBe(false);
    expect(await secrets.isCurrent('unknown', digest('first'))).toBe(false);
  });

  test('repeating it changes nothing, not even whose is current; lost answers neither', async () => {
    const id = newId();
    proxy.lose(1);
    await secrets.put(id, 'first');
    proxy.lose(1);
    await secrets.put(id, 'second');
    await secrets.put(id, 'first');
    expect(await read('admin', id)).toBe('second');
  });

  test('twenty at once make one secret', async () => {
    const id = newId();
    const arns = await twentyTimes((index) => secrets.put(id, `secret ${index}`));
    expect(new Set(arns).size).toBe(1);
  });

  test('one that was put before becomes current again, one that never was does not', async () => {
    const id = newId();
    await secrets.put(id, 'first');
    await secrets.put(id, 'second');
    await secrets.makeCurrent(id, digest('never'));
    expect(await read('admin', id)).toBe('second');
    await twentyTimes(() => secrets.makeCurrent(id, digest('first')));
    expect(await read('admin', id)).toBe('first');
    await secrets.makeCurrent('unknown', digest('first'));
  });

  test('readers may read, whoever is left out no longer; this function itself never', async () => {
    const id = newId();
    await secrets.put(id, 'first');
    await expect(read('worker', id)).rejects.toMatchObject({ name: 'AccessDeniedException' });
    await secrets.allow(id, [worker, 'arn:aws:iam::123456789012:root']);
    expect(await read('worker', id)).toBe('first');
    await secrets.put(id, 'second');
    expect(await read('worker', id)).toBe('second');
    await secrets.allow(id, []);
    await secrets.allow(id, []);
    await expect(read('worker', id)).rejects.toMatchObject({ name: 'AccessDeniedException' });
    await expect(read('console', id)).rejects.toMatchObject({ name: 'AccessDeniedException' });
  });

  test('a reader whom AWS does not know is told as such, and the policy stays', async () => {
    const id = newId();
    await secrets.put(id, 'first');
    await secrets.allow(id, [worker]);
    await expect(secrets.allow(id, ['arn:aws:iam::000000000000:role/nobody'])).rejects.toThrow(UnknownReaders);
    expect(await read('worker', id)).toBe('first');
    const command = new GetResourcePolicyCommand({ SecretId: `${prefix}${id}` });
    const { ResourcePolicy = '' } = await cloud.as('admin').secrets.send(command);
    expect(JSON.parse(ResourcePolicy)).toMatchObject({ Statement: [{ Principal: { AWS: [worker] } }] });
  });

  test('no reader is let in by a pattern', async () => {
    const id = newId();
    await secrets.put(id, 'first');
    await expect(secrets.allow(id, ['*'])).rejects.toMatchObject({ kind: 'PublicPolicyException' });
  });

  test('removed it is gone at once, as often as one likes', async () => {
    const id = newId();
    await secrets.put(id, 'first');
    await secrets.remove(id);
    await secrets.remove(id);
    await expect(read('admin', id)).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });

  test('only below its prefix', async () => {
    const credentials = { accessKeyId: 'console', secretAccessKey: 'secret' };
    const elsewhere = clientSecrets('pepper/', { endpoint: cloud.endpoint, region, credentials });
    await expect(elsewhere.put('x', 'first')).rejects.toMatchObject({ kind: 'AccessDeniedException' });
    await expect(elsewhere.remove('x')).rejects.toMatchObject({ kind: 'AccessDeniedException' });
  });
});
