import type { CloudFormationCustomResourceEvent } from 'aws-lambda';
import * as z from 'zod/mini';
import type { SigningAlgorithm, SigningKey } from '../core/ports/signing-keys.ts';
import type { ResourceResult } from './cloudformation.ts';
import { answerCloudFormation } from './cloudformation.ts';

export interface SigningKeyResourceOptions {
  /** Reads the public half of a KMS key. */
  readonly read: (keyArn: string, algorithm: SigningAlgorithm) => Promise<SigningKey>;
  readonly record: (key: SigningKey) => Promise<void>;
  readonly log: { error(message: string, fields: { error: unknown }): void };
}

/** Properties of `Custom::SigningKey` in the template. */
const properties = z.object({
  keyArn: z.string().check(z.minLength(1)),
  algorithm: z.enum(['RS256', 'ES256', 'EdDSA']),
});

/**
 * The custom resource that publishes a KMS key. Create, and Update with another key: the key's public half is
 * recorded, and the `kid` is the resource's id. Delete: nothing, because tokens that the key signed may still be alive;
 * the record goes with the table. It always answers, and a failure is an answer too.
 */
export function signingKeyResource(options: SigningKeyResourceOptions) {
  return async (event: CloudFormationCustomResourceEvent): Promise<void> => {
    await answerCloudFormation(event, await publish(event, options));
  };
}

async function publish(
  event: CloudFormationCustomResourceEvent,
  { read, record, log }: SigningKeyResourceOptions,
): Promise<ResourceResult> {
  // A resource whose creation failed has no `kid`; CloudFormation deletes it by whatever id it was given.
  const physicalResourceId = 'PhysicalResourceId' in event ? event.PhysicalResourceId : event.LogicalResourceId;
  if (event.RequestType === 'Delete') return { status: 'SUCCESS', physicalResourceId };
  try {
    const { keyArn, algorithm } = readProperties(event.ResourceProperties);
    const key = await read(keyArn, algorithm);
    await record(key);
    return { status: 'SUCCESS', physicalResourceId: key.kid, data: { kid: key.kid } };
  } catch (error) {
    log.error('the signing key was not published', { error });
    const reason = `the signing key was not published: ${error instanceof Error ? error.message : 'unknown error'}`;
    return { status: 'FAILED', physicalResourceId, reason };
  }
}

function readProperties(given: unknown): z.infer<typeof properties> {
  const { success, data, error } = properties.safeParse(given);
  if (success) return data;
  throw new Error(`wrong or missing: ${error.issues.map((issue) => issue.path.join('.')).join(', ')}`);
}
