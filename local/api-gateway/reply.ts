import type { ServerResponse } from 'node:http';
import type { RequestContext } from './gateway-request.ts';
import type { Headers } from './response-headers.ts';

/** A whole answer. */
export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Buffer;
}

/** Writes status and headers, with the ids that API Gateway adds to every answer. */
export function writeHead(res: ServerResponse, context: RequestContext, status: number, headers: Headers): void {
  res.statusCode = status;
  for (const [name, values] of Object.entries(headers)) {
    res.setHeader(name, values.length === 1 && values[0] !== undefined ? values[0] : values);
  }
  res.setHeader('x-amzn-RequestId', context.requestId);
  res.setHeader('x-amz-apigw-id', context.extendedRequestId);
}

export function writeReply(res: ServerResponse, context: RequestContext, reply: Reply): void {
  writeHead(res, context, reply.status, reply.headers);
  if (reply.status !== 204 && reply.status !== 304) res.setHeader('Content-Length', reply.body.length);
  res.end(reply.body);
}
