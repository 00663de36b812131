import type { CloudFormationCustomResourceEvent } from 'aws-lambda';

/** What CloudFormation is told of a custom resource. */
export type ResourceResult =
  | { readonly status: 'SUCCESS'; readonly physicalResourceId: string; readonly data?: Record<string, string> }
  | { readonly status: 'FAILED'; readonly physicalResourceId: string; readonly reason: string };

/** Tells CloudFormation how a custom resource went, by a PUT to the event's `ResponseURL`. */
export async function answerCloudFormation(
  _event: CloudFormationCustomResourceEvent,
  _result: ResourceResult,
): Promise<void> {
  throw new Error('not built yet');
}
