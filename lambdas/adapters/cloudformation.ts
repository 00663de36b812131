import type { CloudFormationCustomResourceEvent } from 'aws-lambda';

/** What CloudFormation is told of a custom resource. */
export type ResourceResult =
  | { readonly status: 'SUCCESS'; readonly physicalResourceId: string; readonly data?: Record<string, string> }
  | { readonly status: 'FAILED'; readonly physicalResourceId: string; readonly reason: string };

const attempts = 3;
/** Milliseconds an attempt may take. */
const timeout = 5000;

/**
 * Tells CloudFormation how a custom resource went, by a PUT to the event's `ResponseURL`. Without an answer a
 * deployment waits for an hour.
 * @throws Error if three attempts failed
 */
export async function answerCloudFormation(
  event: CloudFormationCustomResourceEvent,
  result: ResourceResult,
): Promise<void> {
  const body = JSON.stringify({
    Status: result.status,
    PhysicalResourceId: result.physicalResourceId,
    StackId: event.StackId,
    RequestId: event.RequestId,
    LogicalResourceId: event.LogicalResourceId,
    ...(result.status === 'FAILED' ? { Reason: result.reason.slice(0, 1000) } : { Data: result.data ?? {} }),
  });
  for (let attempt = 1; ; attempt++) {
    const problem = await put(event.ResponseURL, body);
    if (!problem) return;
    // The URL is signed: it stays out of the message.
    if (attempt === attempts) throw new Error(`CloudFormation did not take the answer: ${problem}`);
    await new Promise((resolve) => setTimeout(resolve, 200 * attempt));
  }
}

/** @returns what went wrong */
async function put(url: string, body: string): Promise<string | undefined> {
  try {
    // The signature of the URL covers an empty content type.
    const headers = { 'content-type': '' };
    const answer = await fetch(url, { method: 'PUT', body, headers, signal: AbortSignal.timeout(timeout) });
    return answer.ok ? undefined : `status ${answer.status}`;
  } catch (error) {
    return error instanceof Error ? error.name : 'no answer';
  }
}
