import type { GatewayRequest, RequestContext } from './gateway-request.ts';
import { headerOf } from './gateway-request.ts';
import type { Match } from './match-resource.ts';
import type { RestApi } from './model.ts';

/** Request headers that API Gateway takes for itself; integrations and authorizers never see them. */
const droppedFromRequest = new Set([
  'connection',
  'content-length',
  'content-md5',
  'expect',
  'keep-alive',
  'max-forwards',
  'proxy-authenticate',
  'server',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'www-authenticate',
]);

/** What authorizers and integrations have in common: the request without its body, in the REST (v1) payload. */
function common(api: RestApi, request: GatewayRequest, match: Match, context: RequestContext): Record<string, unknown> {
  const headers = request.headers.filter(([name]) => !droppedFromRequest.has(name.toLowerCase()));
  const query = [...new URLSearchParams(request.query)];
  return {
    resource: match.resource.path,
    path: pathWithoutStage(api, request.path),
    httpMethod: request.method,
    headers: lastValues(headers),
    multiValueHeaders: allValues(headers),
    queryStringParameters: query.length > 0 ? lastValues(query) : null,
    multiValueQueryStringParameters: query.length > 0 ? allValues(query) : null,
    pathParameters: Object.keys(match.parameters).length > 0 ? match.parameters : null,
    stageVariables: api.stageVariables,
    requestContext: context,
  };
}

/** The event of a Lambda proxy integration. */
export function proxyEvent(api: RestApi, request: GatewayRequest, match: Match, context: RequestContext): unknown {
  const binary = isBinary(api, headerOf(request, 'content-type'));
  return {
    ...common(api, request, match, context),
    body: request.body.length > 0 ? request.body.toString(binary ? 'base64' : 'utf8') : null,
    isBase64Encoded: binary && request.body.length > 0,
  };
}

/** The event of a REQUEST authorizer; it never holds the body. */
export function authorizerEvent(api: RestApi, request: GatewayRequest, match: Match, context: RequestContext): unknown {
  return {
    type: 'REQUEST',
    methodArn: methodArn(api, request),
    ...common(api, request, match, context),
  };
}

/** `arn:aws:execute-api:<region>:<account>:<api>/<stage>/<verb>/<path>`, the path as it was asked. */
export function methodArn(api: RestApi, request: GatewayRequest): string {
  const path = pathWithoutStage(api, request.path).replace(/^\//, '');
  return `arn:aws:execute-api:${api.region}:${api.account}:${api.apiId}/${api.stage}/${request.method}/${path}`;
}

export function pathWithoutStage(api: RestApi, path: string): string {
  return path.slice(api.stage.length + 1) || '/';
}

/** Whether the API declares this media type as binary. */
export function isBinary(api: RestApi, mediaType: string | undefined): boolean {
  const asked = (mediaType ?? '').split(/[;,]/)[0]?.trim().toLowerCase() ?? '';
  return api.binaryMediaTypes.some((type) => {
    const declared = type.replace('~1', '/').toLowerCase();
    if (declared === '*/*') return true;
    return declared.endsWith('/*') ? asked.startsWith(declared.slice(0, -1)) : asked === declared;
  });
}

function lastValues(pairs: readonly (readonly [string, string])[]): Record<string, string> {
  return Object.fromEntries(pairs);
}

function allValues(pairs: readonly (readonly [string, string])[]): Record<string, string[]> {
  const values = new Map<string, string[]>();
  for (const [name, value] of pairs) values.set(name, [...(values.get(name) ?? []), value]);
  return Object.fromEntries(values);
}
