import type { ServerResponse } from 'node:http';
import type { LocalLambda } from '../lambda/local-lambda.ts';
import { authorize } from './authorize.ts';
import { callBuffered, proxyReply } from './buffered-integration.ts';
import type { GatewayRequest, RequestContext } from './gateway-request.ts';
import { createContext } from './gateway-request.ts';
import type { Refusal } from './gateway-response.ts';
import { gatewayReply } from './gateway-response.ts';
import type { Match } from './match-resource.ts';
import { matchResource } from './match-resource.ts';
import type { Method, RestApi } from './model.ts';
import { pathWithoutStage, proxyEvent } from './proxy-event.ts';
import type { Reply } from './reply.ts';
import { writeReply } from './reply.ts';
import { callStreamed } from './streamed-integration.ts';

/** Bytes of a request body (API Gateway quota of 10 MB). */
export const bodyLimit = 10 * 1024 * 1024;

const forbidden: Reply = {
  status: 403,
  headers: { 'Content-Type': ['application/json'], 'x-amzn-ErrorType': ['ForbiddenException'] },
  body: Buffer.from('{"message":"Forbidden"}'),
};

/** Answers one request as the deployed API would. */
export async function handleRequest(
  api: RestApi,
  lambda: LocalLambda,
  request: GatewayRequest,
  res: ServerResponse,
): Promise<void> {
  const context = createContext(api, request);
  // A path outside the stage reaches no API, so no gateway response describes it.
  if (request.path !== `/${api.stage}` && !request.path.startsWith(`/${api.stage}/`)) {
    writeReply(res, context, forbidden);
    return;
  }
  const reply = await answer(api, lambda, request, context, res);
  if (!reply) return;
  writeReply(res, context, 'type' in reply ? gatewayReply(api, request, context, reply) : reply);
}

/** @returns undefined where the answer was streamed already */
async function answer(
  api: RestApi,
  lambda: LocalLambda,
  request: GatewayRequest,
  context: RequestContext,
  res: ServerResponse,
): Promise<Reply | Refusal | undefined> {
  const match = matchResource(api.root, pathWithoutStage(api, request.path));
  const method = match?.resource.methods.get(request.method) ?? match?.resource.methods.get('ANY');
  if (!match || !method) return { type: 'MISSING_AUTHENTICATION_TOKEN', message: 'Missing Authentication Token' };
  context.resourceId = match.resource.resourceId;
  context.resourcePath = match.resource.path;
  if (request.body.length > bodyLimit) return { type: 'REQUEST_TOO_LARGE', message: 'Request Too Long' };
  if (method.authorizerId !== undefined) {
    const authorizer = api.authorizers.get(method.authorizerId);
    if (!authorizer) return { type: 'AUTHORIZER_CONFIGURATION_ERROR', message: null };
    const refusal = await authorize(api, authorizer, lambda, request, match, context);
    if (refusal) return refusal;
  }
  return integrate(api, lambda, request, context, match, method, res);
}

async function integrate(
  api: RestApi,
  lambda: LocalLambda,
  request: GatewayRequest,
  context: RequestContext,
  match: Match,
  method: Method,
  res: ServerResponse,
): Promise<Reply | Refusal | undefined> {
  const { integration } = method;
  if (integration.kind === 'unsupported') return { type: 'API_CONFIGURATION_ERROR', message: 'Internal server error' };
  if (integration.kind === 'mock') {
    const headers = Object.entries(integration.headers).map(([name, value]): [string, string[]] => [name, [value]]);
    return { status: integration.status, headers: Object.fromEntries(headers), body: Buffer.alloc(0) };
  }
  const { functionArn, timeout, streamed } = integration;
  const event = proxyEvent(api, request, match, context);
  if (streamed) return callStreamed(lambda, functionArn, event, timeout, context, res);
  const outcome = await callBuffered(lambda, functionArn, event, timeout, context.requestId);
  return proxyReply(api, request, outcome, context.requestId);
}
