import type { APIGatewayProxyResult, LambdaContext, LambdaEvent } from 'hono/aws-lambda';
import type { Hono } from 'hono';
import { handle } from 'hono/aws-lambda';

/**
 * The Lambda handler of an app, for events of an API Gateway REST API.
 * @param withTraceId runs the request so that its log lines carry API Gateway's request id, and its audit events where it came from
 */
export function lambdaHandler(
  app: Hono,
  withTraceId: <T>(traceId: string, work: () => T, event: LambdaEvent) => T,
): (event: LambdaEvent, context?: LambdaContext) => Promise<APIGatewayProxyResult> {
  const answer = handle(app);
  return (event, context) => withTraceId(requestId(event), () => answer(event, context), event);
}

function requestId(event: LambdaEvent): string {
  const { requestContext } = event as { readonly requestContext?: { readonly requestId?: string } };
  return requestContext?.requestId ?? 'unknown';
}
