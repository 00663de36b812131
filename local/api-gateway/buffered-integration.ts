import type { LocalLambda, Outcome } from '../lambda/local-lambda.ts';
import type { GatewayRequest } from './gateway-request.ts';
import { headerOf } from './gateway-request.ts';
import type { Refusal } from './gateway-response.ts';
import type { RestApi } from './model.ts';
import { isBinary } from './proxy-event.ts';
import type { Reply } from './reply.ts';
import { clientHeaders, joinHeaders } from './response-headers.ts';

interface ProxyResponse {
  readonly statusCode?: unknown;
  readonly headers?: Readonly<Record<string, unknown>>;
  readonly multiValueHeaders?: Readonly<Record<string, readonly unknown[]>>;
  readonly body?: unknown;
  readonly isBase64Encoded?: unknown;
}

const timedOut: Refusal = { type: 'INTEGRATION_TIMEOUT', message: 'Endpoint request timed out' };
export const badGateway: Refusal = { type: 'INTERNAL', message: 'Internal server error', status: 502 };

/**
 * Calls a function for a whole answer.
 * @param timeout milliseconds; the function itself goes on after it, as in the cloud
 */
export async function callBuffered(
  lambda: LocalLambda,
  functionArn: string,
  event: unknown,
  timeout: number,
  traceId: string,
): Promise<Outcome> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Outcome>((resolve) => {
    timer = setTimeout(() => resolve({ kind: 'timeout' }), timeout);
  });
  try {
    return await Promise.race([lambda.invoke(functionArn, event, { traceId }), late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Turns the outcome of a Lambda proxy integration into the answer or the refusal. */
export function proxyReply(api: RestApi, request: GatewayRequest, outcome: Outcome, traceId: string): Reply | Refusal {
  const refusal = refusalOf(outcome);
  if (refusal) return refusal;
  const response = outcome.kind === 'result' ? (parse(outcome.payload) as ProxyResponse | undefined) : undefined;
  if (!response || !isWellFormed(response)) return badGateway;
  const encoded = response.isBase64Encoded === true && isBinary(api, headerOf(request, 'accept'));
  const headers = clientHeaders(joinHeaders(response.headers, response.multiValueHeaders));
  const hasType = Object.keys(headers).some((name) => name.toLowerCase() === 'content-type');
  return {
    status: Number(response.statusCode),
    headers: { ...(hasType ? {} : { 'Content-Type': ['application/json'] }), ...headers, ...traceHeader(traceId) },
    body: Buffer.from(typeof response.body === 'string' ? response.body : '', encoded ? 'base64' : 'utf8'),
  };
}

function traceHeader(traceId: string): Record<string, string[]> {
  const hex = traceId.replaceAll('-', '');
  return { 'X-Amzn-Trace-Id': [`Root=1-${hex.slice(0, 8)}-${hex.slice(8)}`] };
}

function refusalOf(outcome: Outcome): Refusal | undefined {
  if (outcome.kind === 'timeout') return timedOut;
  if (outcome.kind !== 'error') return undefined;
  if (outcome.error.errorType !== 'Function.RequestSizeTooLarge') return badGateway;
  return { type: 'REQUEST_TOO_LARGE', message: 'Request Too Long' };
}

function isWellFormed(response: ProxyResponse): boolean {
  const status = Number(response.statusCode);
  const body = response.body === undefined || response.body === null || typeof response.body === 'string';
  return typeof response === 'object' && Number.isInteger(status) && status >= 100 && status <= 599 && body;
}

function parse(payload: string): unknown {
  try {
    return JSON.parse(payload) ?? undefined;
  } catch {
    return undefined;
  }
}
