import * as z from 'zod/mini';
import type { SigningAlgorithm, SigningKey } from '../core/ports/signing-keys.ts';
import type { CustomResourceOptions } from './custom-resource.ts';
import { customResource } from './custom-resource.ts';

export interface SigningKeyResourceOptions {
  /** Reads the public half of a KMS key. */
  readonly read: (keyArn: string, algorithm: SigningAlgorithm) => Promise<SigningKey>;
  /** Publishes it. @param again it signs from now on, even if it was published before */
  readonly record: (key: SigningKey, again: boolean) => Promise<void>;
  readonly log: CustomResourceOptions<unknown>['log'];
}

/** Properties of `Custom::SigningKey` in the template. */
const properties = z.object({
  keyArn: z.string().check(z.minLength(1)),
  algorithm: z.enum(['RS256', 'ES256', 'EdDSA']),
});

/**
 * The custom resource that publishes a KMS key. Create, and Update with another key: the key's public half is
 * recorded, and the `kid` is the resource's id. An Update comes from a rollback as well, with the key of before.
 * Delete: nothing, because tokens that the key signed may still be alive; the record goes with the table.
 */
export function signingKeyResource({ read, record, log }: SigningKeyResourceOptions) {
  return customResource({
    failure: 'the signing key was not published',
    properties,
    async ensure({ keyArn, algorithm }, again) {
      const key = await read(keyArn, algorithm);
      await record(key, again);
      return { id: key.kid, data: { kid: key.kid } };
    },
    remove: async () => undefined,
    log,
  });
}
