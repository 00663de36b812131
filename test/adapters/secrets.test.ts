import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { pepperSecret, secretValue } from '../../lambdas/adapters/secrets.ts';
import type { LocalCloud } from './local-cloud.ts';
import { localCloud, secretArn } from './local-cloud.ts';
import type { LosingProxy } from './losing-proxy.ts';
import { losingProxy } from './losing-proxy.ts';

const pepper = 'p'.repeat(43);
let cloud: LocalCloud;
let proxy: LosingProxy;

beforeAll(async () => {
  const secret = (name: string, SecretString: string) => ({ arn: secretArn(name), properties: { SecretString } });
  cloud = await localCloud({ secrets: [secret('pepper', pepper), secret('weak', 'short'), secret('late', 'first')] });
  proxy = await losingProxy(cloud.endpoint);
  const { accessKeyId, secretAccessKey } = cloud.config.credentials;
  vi.stubEnv('AWS_ENDPOINT_URL_SECRETS_MANAGER', proxy.endpoint);
  vi.stubEnv('AWS_REGION', 'us-east-1');
  vi.stubEnv('AWS_ACCESS_KEY_ID', accessKeyId);
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', secretAccessKey);
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await proxy.stop();
  await cloud.remove();
});

test('a secret is read once, by however many callers', async () => {
  const read = secretValue(secretArn('pepper'));
  const before = proxy.requests();
  expect(await Promise.all([read(), read(), read()])).toEqual([pepper, pepper, pepper]);
  expect(await read()).toBe(pepper);
  expect(proxy.requests() - before).toBe(1);
});

test('a failure is thrown, and not remembered', async () => {
  const read = secretValue(secretArn('late'));
  proxy.lose(3);
  await expect(Promise.all([read(), read()])).rejects.toThrow();
  const client = new SecretsManagerClient(cloud.config);
  await client.send(new PutSecretValueCommand({ SecretId: secretArn('late'), SecretString: 'second' }));
  expect(await read()).toBe('second');
  await expect(secretValue(secretArn('none'))()).rejects.toThrow();
});

test('the pepper is the bytes of the secret, and a short one is refused', async () => {
  expect(await pepperSecret(secretArn('pepper')).read()).toEqual(new TextEncoder().encode(pepper));
  await expect(pepperSecret(secretArn('weak')).read()).rejects.toThrow('shorter than 32 bytes');
});
