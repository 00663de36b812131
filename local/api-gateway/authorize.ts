import type { LocalLambda } from '../lambda/local-lambda.ts';
import type { Refusal } from './gateway-response.ts';
import type { GatewayRequest, RequestContext } from './gateway-request.ts';
import { headerOf } from './gateway-request.ts';
import type { Match } from './match-resource.ts';
import type { Authorizer, RestApi } from './model.ts';
import { evaluatePolicy } from './policy.ts';
import { authorizerEvent, methodArn } from './proxy-event.ts';

interface AuthorizerAnswer {
  readonly principalId?: unknown;
  readonly policyDocument?: unknown;
  readonly context?: Readonly<Record<string, unknown>>;
}

const unauthorized: Refusal = { type: 'UNAUTHORIZED', message: 'Unauthorized' };
const failure: Refusal = { type: 'AUTHORIZER_FAILURE', message: null };
const configurationError: Refusal = { type: 'AUTHORIZER_CONFIGURATION_ERROR', message: null };

/**
 * Asks the REQUEST authorizer of a method and leaves its context in `context.authorizer`.
 * @returns undefined where the call may go on
 */
export async function authorize(
  api: RestApi,
  authorizer: Authorizer,
  lambda: LocalLambda,
  request: GatewayRequest,
  match: Match,
  context: RequestContext,
): Promise<Refusal | undefined> {
  if (authorizer.identitySources.some((source) => !hasSource(source, request, api))) return unauthorized;
  const event = authorizerEvent(api, request, match, context);
  const started = Date.now();
  const outcome = await lambda.invoke(authorizer.functionArn, event, { traceId: context.requestId });
  if (outcome.kind === 'error' && outcome.error.errorMessage === 'Unauthorized') return unauthorized;
  if (outcome.kind !== 'result') return failure;
  const answer = (JSON.parse(outcome.payload) ?? {}) as AuthorizerAnswer;
  const verdict = evaluatePolicy(answer.policyDocument, methodArn(api, request));
  const values = Object.entries(answer.context ?? {});
  const isNested = values.some(([, value]) => typeof value === 'object' && value !== null);
  if (typeof answer.principalId !== 'string' || verdict === undefined || isNested) return configurationError;
  context.authorizer = {
    // API Gateway hands every value of the context on as a text.
    ...Object.fromEntries(values.filter(([, value]) => value !== null).map(([key, value]) => [key, String(value)])),
    principalId: answer.principalId,
    integrationLatency: Date.now() - started,
  };
  if (verdict === 'allow') return undefined;
  const message = 'User is not authorized to access this resource';
  return { type: 'ACCESS_DENIED', message: verdict === 'explicit deny' ? `${message} with an explicit deny` : message };
}

/** Whether the request carries a declared identity source. */
function hasSource(source: string, request: GatewayRequest, api: RestApi): boolean {
  const [, place, name = ''] =
    /^(method\.request\.header|method\.request\.querystring|stageVariables|context)\.(.+)$/.exec(source) ?? [];
  if (place === 'method.request.header') return Boolean(headerOf(request, name));
  if (place === 'method.request.querystring') return Boolean(new URLSearchParams(request.query).get(name));
  return place === 'stageVariables' ? Boolean(api.stageVariables?.[name]) : place === 'context';
}
