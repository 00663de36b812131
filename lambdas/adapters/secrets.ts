import type { SecretsManagerClientConfig } from '@aws-sdk/client-secrets-manager';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { Pepper } from '../core/ports/pepper.ts';
import { requestLimits } from './request-limits.ts';

/** Bytes that a pepper must have at least: as many as the MAC that it keys gives (RFC 2104 §3). */
const pepperBytes = 32;

/**
 * A secret's string, read from Secrets Manager at the first call and then remembered for the life of the instance.
 * Parallel first calls share one read; a failure is not remembered.
 * @param config overrides, for tests
 */
export function secretValue(arn: string, config: SecretsManagerClientConfig = {}): () => Promise<string> {
  const client = new SecretsManagerClient({ ...requestLimits, ...config });
  let value: Promise<string> | undefined;
  return () => {
    value ??= readSecret(client, arn).catch((error: unknown) => {
      value = undefined;
      throw error;
    });
    return value;
  };
}

/**
 * The pepper: the UTF-8 bytes of a secret's string, at least 32.
 * @param config overrides, for tests
 */
export function pepperSecret(arn: string, config: SecretsManagerClientConfig = {}): Pepper {
  const value = secretValue(arn, config);
  return {
    async read() {
      const bytes = new TextEncoder().encode(await value());
      if (bytes.length < pepperBytes) throw new Error(`the secret ${arn} is shorter than ${pepperBytes} bytes`);
      return bytes;
    },
  };
}

async function readSecret(client: SecretsManagerClient, arn: string): Promise<string> {
  const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: arn }));
  if (!SecretString) throw new Error(`the secret ${arn} has no string`);
  return SecretString;
}
