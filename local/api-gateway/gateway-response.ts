import type { GatewayRequest, RequestContext } from './gateway-request.ts';
import { headerOf } from './gateway-request.ts';
import type { GatewayResponse, RestApi } from './model.ts';
import type { Reply } from './reply.ts';

/** Why API Gateway itself answers, with the status that it uses by default and its error type. */
const defaults = {
  ACCESS_DENIED: [403, 'AccessDeniedException'],
  API_CONFIGURATION_ERROR: [500, 'InternalServerErrorException'],
  AUTHORIZER_CONFIGURATION_ERROR: [500, 'AuthorizerConfigurationException'],
  AUTHORIZER_FAILURE: [500, 'AuthorizerConfigurationException'],
  BAD_REQUEST_PARAMETERS: [400, 'BadRequestException'],
  INTEGRATION_FAILURE: [504, 'InternalServerErrorException'],
  INTEGRATION_TIMEOUT: [504, 'InternalServerErrorException'],
  MISSING_AUTHENTICATION_TOKEN: [403, 'MissingAuthenticationTokenException'],
  REQUEST_TOO_LARGE: [413, 'RequestTooLongException'],
  UNAUTHORIZED: [401, 'UnauthorizedException'],
  /** Has no type of its own: only DEFAULT_5XX describes it. */
  INTERNAL: [500, 'InternalServerErrorException'],
} as const satisfies Record<string, readonly [number, string]>;

export type RefusalType = keyof typeof defaults;

/** API Gateway answers by itself. */
export interface Refusal {
  readonly type: RefusalType;
  /** `$context.error.message` */
  readonly message: string | null;
  /** Instead of the type's own status. */
  readonly status?: number;
}

const defaultTemplate = '{"message":$context.error.messageString}';

/** The answer to a refusal: the gateway response of its type, else DEFAULT_4XX or DEFAULT_5XX, else the built-in one. */
export function gatewayReply(api: RestApi, request: GatewayRequest, context: RequestContext, refusal: Refusal): Reply {
  const [ownStatus, errorType] = defaults[refusal.type];
  const builtIn = refusal.status ?? ownStatus;
  const configured =
    api.gatewayResponses.get(refusal.type) ?? api.gatewayResponses.get(builtIn < 500 ? 'DEFAULT_4XX' : 'DEFAULT_5XX');
  const variables = variablesOf(context, refusal);
  const [mediaType, template] = chooseTemplate(configured);
  const headers = Object.entries(configured?.headers ?? {}).flatMap(([name, expression]): [string, string[]][] => {
    const value = evaluate(expression, request, variables);
    return value === undefined ? [] : [[name, [value]]];
  });
  return {
    status: configured?.status ?? builtIn,
    headers: { 'Content-Type': [mediaType], 'x-amzn-ErrorType': [errorType], ...Object.fromEntries(headers) },
    body: Buffer.from(fill(template, variables)),
  };
}

function chooseTemplate(configured: GatewayResponse | undefined): [string, string] {
  const templates = Object.entries(configured?.templates ?? {});
  return (
    templates.find(([type]) => type === 'application/json') ?? templates[0] ?? ['application/json', defaultTemplate]
  );
}

function variablesOf(context: RequestContext, refusal: Refusal): Record<string, unknown> {
  return {
    ...context,
    error: {
      message: refusal.message,
      messageString: refusal.message === null ? null : JSON.stringify(refusal.message),
      responseType: refusal.type === 'INTERNAL' ? 'DEFAULT_5XX' : refusal.type,
    },
  };
}

/** One mapping expression: a quoted literal, a context variable or a part of the request. Nothing else exists. */
function evaluate(expression: string, request: GatewayRequest, variables: Record<string, unknown>): string | undefined {
  const literal = /^'(.*)'$/s.exec(expression)?.[1];
  if (literal !== undefined) return literal;
  if (expression.startsWith('context.')) return lookUp(variables, expression.slice('context.'.length));
  const [, place, name = ''] = /^method\.request\.(header|querystring)\.(.+)$/.exec(expression) ?? [];
  if (place === 'header') return headerOf(request, name);
  return place === 'querystring' ? (new URLSearchParams(request.query).get(name) ?? undefined) : undefined;
}

/** Body templates of gateway responses know only variable replacement. An unknown variable is an empty text. */
function fill(template: string, variables: Record<string, unknown>): string {
  return template.replace(/\$context\.([A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*)/g, (_whole, path: string) => {
    if (path === 'error.messageString' || path === 'error.message') return lookUp(variables, path) ?? 'null';
    return lookUp(variables, path) ?? '';
  });
}

function lookUp(variables: Record<string, unknown>, path: string): string | undefined {
  let value: unknown = variables;
  for (const name of path.split('.')) value = (value as Record<string, unknown> | null | undefined)?.[name];
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : undefined;
}
