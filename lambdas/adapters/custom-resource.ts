import type { CloudFormationCustomResourceEvent } from 'aws-lambda';
import type * as z from 'zod/mini';
import type { ResourceResult } from './cloudformation.ts';
import { answerCloudFormation } from './cloudformation.ts';

export interface CustomResourceOptions<P> {
  /** What went wrong, for the log and for CloudFormation, such as `the signing key was not published`. */
  readonly failure: string;
  /** What its properties in the template must be. */
  readonly properties: z.ZodMiniType<P>;
  /**
   * Creates or updates it.
   * @param again it is an update: also one that rolls back to the properties of before
   * @returns its id; another id than before makes CloudFormation remove the old one
   */
  readonly ensure: (
    properties: P,
    again: boolean,
  ) => Promise<{ readonly id: string; readonly data?: Record<string, string> }>;
  /** Removes it; idempotent. An id that nothing has is that of a resource whose creation failed. */
  readonly remove: (id: string) => Promise<void>;
  readonly log: { error(message: string, fields: { error: unknown }): void };
}

/** The handler of a custom resource. It always answers, and a failure is an answer too. */
export function customResource<P>(options: CustomResourceOptions<P>) {
  return async (event: CloudFormationCustomResourceEvent): Promise<void> => {
    await answerCloudFormation(event, await outcome(event, options));
  };
}

async function outcome<P>(
  event: CloudFormationCustomResourceEvent,
  { failure, properties, ensure, remove, log }: CustomResourceOptions<P>,
): Promise<ResourceResult> {
  // A resource whose creation failed has no id of its own; CloudFormation deletes it by whatever id it was given.
  const before = 'PhysicalResourceId' in event ? event.PhysicalResourceId : event.LogicalResourceId;
  try {
    if (event.RequestType === 'Delete') {
      await remove(before);
      return { status: 'SUCCESS', physicalResourceId: before };
    }
    const { id, data } = await ensure(checked(event.ResourceProperties, properties), event.RequestType === 'Update');
    return { status: 'SUCCESS', physicalResourceId: id, ...(data && { data }) };
  } catch (error) {
    log.error(failure, { error });
    const reason = `${failure}: ${error instanceof Error ? error.message : 'unknown error'}`;
    return { status: 'FAILED', physicalResourceId: before, reason };
  }
}

function checked<P>(given: unknown, schema: z.ZodMiniType<P>): P {
  const { success, data, error } = schema.safeParse(given);
  if (success) return data;
  throw new Error(`wrong or missing: ${error.issues.map((issue) => issue.path.join('.')).join(', ')}`);
}
