import type { KMSClientConfig } from '@aws-sdk/client-kms';
import type { Signer } from '../core/ports/signer.ts';

/** Signs in KMS. @param config overrides, for tests */
export function kmsSigner(_config: KMSClientConfig = {}): Signer {
  throw new Error('not built yet');
}
