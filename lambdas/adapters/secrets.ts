import type { Pepper } from '../core/ports/pepper.ts';
import { signedCall } from './signed-call.ts';

/** Bytes that a pepper must have at least: as many as the MAC that it keys gives (RFC 2104 §3). */
const pepperBytes = 32;

/**
 * A secret's string, read from Secrets Manager at the first call and then remembered for the life of the instance.
 * Parallel first calls share one read; a failure is not remembered.
 */
export function secretValue(arn: string): () => Promise<string> {
  let value: Promise<string> | undefined;
  return () => {
    value ??= readSecret(arn).catch((error: unknown) => {
      value = undefined;
      throw error;
    });
    return value;
  };
}

/** The pepper: the UTF-8 bytes of a secret's string, at least 32. */
export function pepperSecret(arn: string): Pepper {
  const value = secretValue(arn);
  return {
    async read() {
      const bytes = new TextEncoder().encode(await value());
      if (bytes.length < pepperBytes) throw new Error(`the secret ${arn} is shorter than ${pepperBytes} bytes`);
      return bytes;
    },
  };
}

/** One call a cold start: the SDK's client for it would weigh 13 KB of the token function's 330. */
async function readSecret(arn: string): Promise<string> {
  const { SecretString } = await signedCall<{ SecretString?: string }>({
    service: 'secretsmanager',
    target: 'secretsmanager.GetSecretValue',
    body: { SecretId: arn },
  });
  if (!SecretString) throw new Error(`the secret ${arn} has no string`);
  return SecretString;
}
