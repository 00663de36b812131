import type { APIGatewayProxyEvent, StreamifyHandler } from 'aws-lambda';
import type { Caller } from '../contract/caller.ts';
import { callerSchema } from '../contract/caller.ts';
import { jsonRpcCode, jsonRpcError } from './json-rpc-error.ts';
import { lambdaRequest } from './lambda-request.ts';
import type { McpApp, McpAppOptions } from './mcp-app.ts';
import { createMcpApp } from './mcp-app.ts';
import { streamResponse } from './stream-response.ts';

export interface ServeOptions extends McpAppOptions {
  /**
   * Runs an invocation so that its log lines carry API Gateway's request id, and its audit events where it came from.
   * @default the work alone
   */
  readonly trace?: <T>(traceId: string, work: () => T, event: APIGatewayProxyEvent) => T;
}

/**
 * The Lambda handler of an MCP server, streamed. A server of your own is one entry file that calls this with its own
 * `buildServer`: see `lambdas/mcp.ts`. Its function must stand behind the guard, or nobody passes.
 */
export function serveMcp(options: ServeOptions): StreamifyHandler<APIGatewayProxyEvent, void> {
  const app = createMcpApp(options);
  const { trace = (_, work) => work() } = options;
  return awslambda.streamifyResponse<APIGatewayProxyEvent>((event, stream) =>
    trace(
      event.requestContext.requestId,
      async () => {
        const response = await answer(event, app, options);
        // The client may be gone, and then nobody is left to answer.
        await streamResponse(response, stream).catch((error: unknown) => options.log.error('stream broke', { error }));
      },
      event,
    ),
  );
}

async function answer(event: APIGatewayProxyEvent, app: McpApp, options: ServeOptions): Promise<Response> {
  try {
    const caller = callerOf(event);
    const url = options.servers.find(({ id }) => id === caller.server)?.resource ?? options.issuer;
    return await app(lambdaRequest(event, url), caller);
  } catch (error) {
    options.log.error('request failed', { error });
    const data = { traceId: event.requestContext.requestId };
    return jsonRpcError(500, jsonRpcCode.internalError, 'Internal error.', { data });
  }
}

/** @throws Error if no guard stood before this function */
function callerOf(event: APIGatewayProxyEvent): Caller {
  const context: unknown = event.requestContext.authorizer;
  const parsed = callerSchema.safeParse(context);
  if (!parsed.success) throw new Error('the event carries no verified caller: put the guard before this function');
  return parsed.data;
}
