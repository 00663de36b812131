import type { SecretsManagerClientConfig } from '@aws-sdk/client-secrets-manager';
import type { Pepper } from '../core/ports/pepper.ts';

/**
 * A secret's string, read from Secrets Manager at the first call and then remembered; a failure is not remembered.
 * @param config overrides, for tests
 */
export function secretValue(_arn: string, _config: SecretsManagerClientConfig = {}): () => Promise<string> {
  throw new Error('not built yet');
}

/** The pepper: the UTF-8 bytes of a secret's string. @param config overrides, for tests */
export function pepperSecret(_arn: string, _config: SecretsManagerClientConfig = {}): Pepper {
  throw new Error('not built yet');
}
