import { expect, test } from 'vitest';
import type { GatewayRequest } from '../../local/api-gateway/gateway-request.ts';
import { createContext } from '../../local/api-gateway/gateway-request.ts';
import type { Refusal } from '../../local/api-gateway/gateway-response.ts';
import { gatewayReply } from '../../local/api-gateway/gateway-response.ts';
import type { GatewayResponse, RestApi } from '../../local/api-gateway/model.ts';

const request: GatewayRequest = {
  method: 'GET',
  path: '/prod/x',
  query: 'q=asked',
  headers: [['X-Asked', 'for it']],
  body: Buffer.alloc(0),
  sourceIp: '127.0.0.1',
};

function reply(responses: Readonly<Record<string, Partial<GatewayResponse>>>, refusal: Refusal) {
  const full = Object.entries(responses).map(([type, response]): [string, GatewayResponse] => [
    type,
    { status: undefined, headers: {}, templates: {}, ...response },
  ]);
  const api: RestApi = {
    logicalId: 'Api',
    apiId: 'api',
    stage: 'prod',
    account: '1',
    region: 'eu-west-1',
    domainName: 'api.execute-api.eu-west-1.amazonaws.com',
    stageVariables: null,
    binaryMediaTypes: [],
    root: { resourceId: 'r', path: '/', part: '', children: [], methods: new Map() },
    authorizers: new Map(),
    gatewayResponses: new Map(full),
  };
  const context = createContext(api, request);
  context.authorizer = { principalId: 'p', challenge: 'Bearer scope="a b"' };
  const { status, headers, body } = gatewayReply(api, request, context, refusal);
  return { status, headers, body: body.toString(), requestId: context.requestId };
}

const denied: Refusal = { type: 'ACCESS_DENIED', message: 'no "way"' };

test('the built-in answer is JSON with the message', () => {
  expect(reply({}, denied)).toMatchObject({ status: 403, body: String.raw`{"message":"no \"way\""}` });
  expect(reply({}, { type: 'AUTHORIZER_FAILURE', message: null })).toMatchObject({
    status: 500,
    body: '{"message":null}',
  });
});

test('a header is a literal, a context variable or a part of the request; what is absent is left out', () => {
  const headers = {
    'WWW-Authenticate': 'context.authorizer.challenge',
    'X-Literal': '\'Bearer resource_metadata="x"\'',
    'X-Header': 'method.request.header.x-asked',
    'X-Query': 'method.request.querystring.q',
    'X-Absent': 'context.authorizer.nothing',
  };
  const answer = reply({ ACCESS_DENIED: { headers } }, denied);
  expect(answer.headers).toMatchObject({
    'WWW-Authenticate': ['Bearer scope="a b"'],
    'X-Literal': ['Bearer resource_metadata="x"'],
    'X-Header': ['for it'],
    'X-Query': ['asked'],
  });
  expect(answer.headers).not.toHaveProperty('X-Absent');
});

test('a template knows the context; the status is its own', () => {
  const templates = {
    'application/json': '{"m":$context.error.messageString,"t":"$context.requestId","n":"$context.no.such"}',
  };
  const answer = reply({ ACCESS_DENIED: { templates, status: 418 } }, denied);
  expect(answer.status).toBe(418);
  expect(JSON.parse(answer.body)).toEqual({ m: 'no "way"', t: answer.requestId, n: '' });
});

test('a type without an answer of its own takes DEFAULT_4XX or DEFAULT_5XX and keeps its status', () => {
  const responses = {
    DEFAULT_4XX: { templates: { 'application/json': 'four' } },
    DEFAULT_5XX: { templates: { 'application/json': 'five' } },
  };
  expect(reply(responses, denied)).toMatchObject({ status: 403, body: 'four' });
  expect(reply(responses, { type: 'INTERNAL', message: 'x', status: 502 })).toMatchObject({
    status: 502,
    body: 'five',
  });
  expect(reply(responses, { type: 'INTEGRATION_TIMEOUT', message: 'x' })).toMatchObject({ status: 504, body: 'five' });
});
