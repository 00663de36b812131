import type { RestApi } from 'aws-cdk-lib/aws-apigateway';
import { ResponseType } from 'aws-cdk-lib/aws-apigateway';
import { exposedHeaders } from './cors.ts';

/** Header name → mapping expression: a literal in single quotes, or a variable of the context. */
type Headers = Readonly<Record<string, string>>;

const corsHeaders: Headers = {
  'Access-Control-Allow-Origin': "'*'",
  'Access-Control-Expose-Headers': `'${exposedHeaders.join(', ')}'`,
};

interface Answer {
  readonly type: ResponseType;
  /** @default the status that API Gateway gives */
  readonly statusCode?: string;
  readonly error: string;
  readonly description: string;
  readonly headers?: Headers;
}

/** What API Gateway answers without asking a function. */
const answers: readonly Answer[] = [
  {
    // API Gateway's word for a path or verb that the API does not have. Clients probe paths: they must read "not
    // here", never "not allowed" (clients.md pain 10).
    type: ResponseType.MISSING_AUTHENTICATION_TOKEN,
    statusCode: '404',
    error: 'not_found',
    description: 'There is nothing at this address.',
  },
  {
    type: ResponseType.THROTTLED,
    statusCode: '429',
    error: 'temporarily_unavailable',
    description: 'Too many requests. Wait a second and try again.',
    headers: { 'Retry-After': "'1'" },
  },
  {
    type: ResponseType.REQUEST_TOO_LARGE,
    statusCode: '413',
    error: 'invalid_request',
    description: 'The request is too large.',
  },
  {
    type: ResponseType.DEFAULT_4XX,
    error: 'invalid_request',
    description: 'The request cannot be understood.',
  },
  {
    type: ResponseType.DEFAULT_5XX,
    error: 'server_error',
    description: 'Something went wrong here. Try again; if it stays, tell the operator the trace_id.',
  },
];

/** Turns every answer of API Gateway's own into JSON as OAuth writes errors, readable by browser scripts. */
export function addGatewayResponses(api: RestApi): void {
  for (const answer of answers) addAnswer(api, answer);
}

/**
 * What the guard's refusals look like (D1).
 * @param challenge value of `WWW-Authenticate` for calls without a good credential; has no `'`
 */
export function addChallenges(api: RestApi, challenge: string): void {
  addAnswer(api, {
    type: ResponseType.UNAUTHORIZED,
    statusCode: '401',
    error: 'invalid_token',
    description: 'Send a valid access token or API key for this server. WWW-Authenticate says where to get a token.',
    headers: { 'WWW-Authenticate': `'${challenge}'` },
  });
  addAnswer(api, {
    type: ResponseType.ACCESS_DENIED,
    statusCode: '403',
    // The guard says whether it is a token's scope or a key's permission; its words are safe inside JSON.
    error: '$context.authorizer.error',
    description: '$context.authorizer.description',
    headers: { 'WWW-Authenticate': 'context.authorizer.challenge' },
  });
}

function addAnswer(api: RestApi, { type, statusCode, error, description, headers }: Answer): void {
  const body = { error, error_description: description, trace_id: '$context.requestId' };
  api.addGatewayResponse(type.responseType, {
    type,
    ...(statusCode && { statusCode }),
    // The CDK writes `gatewayresponse.header.` before each name.
    responseHeaders: { ...corsHeaders, 'Cache-Control': "'no-store'", ...headers },
    templates: { 'application/json': JSON.stringify(body) },
  });
}
