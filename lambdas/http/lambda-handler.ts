import type { Hono } from 'hono';
import type { LambdaContext, LambdaEvent } from 'hono/aws-lambda';
import { handle } from 'hono/aws-lambda';

type Handler = ReturnType<typeof handle>;

/**
 * The Lambda handler of an app, for events of an API Gateway REST API.
 * @param withTraceId runs the request so that its log lines carry API Gateway's request id
 */
export function lambdaHandler(app: Hono, withTraceId: <T>(traceId: string, work: () => T) => T): Handler {
  const answer = handle(app);
  return (event: LambdaEvent, context?: LambdaContext) =>
    withTraceId(requestId(event), () => answer(event, context));
}

function requestId(event: LambdaEvent): string {
  const { requestContext } = event as { readonly requestContext?: { readonly requestId?: string } };
  return requestContext?.requestId ?? 'unknown';
}
