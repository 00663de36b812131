import { beforeAll, describe, expect, test } from 'vitest';
import { routes } from '../../lambdas/contract/routes.ts';
import type { Synthesized } from './synthesize.ts';
import { flat, gatewayResponse, methodsOf, synthesize } from './synthesize.ts';

let development: Synthesized;

beforeAll(() => {
  development = synthesize({ stage: 'development' });
});

describe('the API of the authorization server', () => {
  test('has exactly the paths and verbs of the route table, and ANY for each path', () => {
    const expected = new Map<string, string[]>();
    for (const { path, method, cors } of routes) {
      const verbs = expected.get(path) ?? ['ANY', ...(cors === 'public' ? ['OPTIONS'] : [])];
      expected.set(path, [...verbs, method].sort());
    }
    const actual = [...methodsOf(development, 'AuthorizationServer')].map(([path, methods]) => [
      path,
      methods.map(({ Properties }) => Properties['HttpMethod'] as string).sort(),
    ]);
    expect(Object.fromEntries(actual)).toEqual(Object.fromEntries(expected));
  });

  test.each(routes)('$method $path reaches the function $function', ({ path, method, function: owner }) => {
    const found = methodsOf(development, 'AuthorizationServer').get(path) ?? [];
    const served = found.filter(({ Properties }) => [method, 'ANY'].includes(Properties['HttpMethod'] as string));
    expect(served).toHaveLength(2);
    for (const { Properties } of served) {
      expect(flat(Properties['Integration'].Uri).toLowerCase()).toContain(`functions${owner}handler`);
      expect(Properties['Integration'].ResponseTransferMode).toBeUndefined();
    }
  });

  test('AS-10 the authorization endpoint has no preflight', () => {
    const verbs = methodsOf(development, 'AuthorizationServer')
      .get('/authorize')
      ?.map(({ Properties }) => Properties['HttpMethod'] as string);
    expect(verbs?.sort()).toEqual(['ANY', 'GET', 'POST']);
  });

  test('one permission a function and API, so that its policy never grows over 20 KB', () => {
    const all = development.of('AWS::Lambda::Permission').map(([, { Properties }]) => Properties);
    // Those of the audit function: test/lib/audit.test.ts.
    const permissions = all.filter(({ Principal }) => Principal !== 'logs.amazonaws.com');
    const pairs = permissions.map(({ FunctionName, SourceArn }) => `${flat(FunctionName)} ${flat(SourceArn)}`);
    expect(new Set(pairs).size).toBe(pairs.length);
    expect(pairs).toHaveLength(8);
    expect(permissions.every(({ Principal }) => Principal === 'apigateway.amazonaws.com')).toBe(true);
  });
});

describe('the API of an MCP server', () => {
  test('RS-10 every verb but the preflight passes the guard, which is asked each time', () => {
    const [[path, methods] = ['', []], ...others] = methodsOf(development, 'ServerTodo');
    expect(path).toBe('/mcp');
    expect(others).toEqual([]);
    const byVerb = Object.fromEntries(methods.map(({ Properties }) => [Properties['HttpMethod'], Properties]));
    expect(Object.keys(byVerb).sort()).toEqual(['ANY', 'OPTIONS']);
    expect(byVerb['ANY']['AuthorizationType']).toBe('CUSTOM');
    const authorizer = development.resources[byVerb['ANY']['AuthorizerId'].Ref as string]!.Properties;
    expect(authorizer).toMatchObject({ Type: 'REQUEST', AuthorizerResultTtlInSeconds: 0, IdentitySource: '' });
    expect(flat(authorizer['AuthorizerUri'])).toContain('FunctionsGuardHandler');
    expect(byVerb['OPTIONS']).toMatchObject({ AuthorizationType: 'NONE', Integration: { Type: 'MOCK' } });
  });

  test('answers as a stream', () => {
    const method = methodsOf(development, 'ServerTodo').get('/mcp')![0]!.Properties;
    expect(method['Integration']).toMatchObject({ Type: 'AWS_PROXY', ResponseTransferMode: 'STREAM' });
    expect(flat(method['Integration'].Uri)).toContain('/response-streaming-invocations');
  });

  test('RS-01 a call without a good token gets one challenge a scheme, Bearer first, without error=', () => {
    const response = gatewayResponse(development, 'ServerTodo', 'UNAUTHORIZED');
    const [distribution] = development.of('AWS::CloudFront::Distribution')[0]!;
    expect(response['StatusCode']).toBe('401');
    expect(flat(response['ResponseParameters']['gatewayresponse.header.WWW-Authenticate'])).toBe(
      `'Bearer scope="todo:read todo:write", resource_metadata="https://\${${distribution}.DomainName}` +
        `/.well-known/oauth-protected-resource/mcp", DPoP algs="ES256 EdDSA Ed25519 PS256 RS256"'`,
    );
  });

  test('RS-07 too narrow a token gets 403 with the challenge that the guard wrote', () => {
    const response = gatewayResponse(development, 'ServerTodo', 'ACCESS_DENIED');
    expect(response['StatusCode']).toBe('403');
    expect(response['ResponseParameters']['gatewayresponse.header.WWW-Authenticate']).toBe(
      'context.authorizer.challenge',
    );
  });

  test('a preflight allows what clients send and shows what they must read (trap 4)', () => {
    const preflight = methodsOf(development, 'ServerTodo')
      .get('/mcp')!
      .find(({ Properties }) => Properties['HttpMethod'] === 'OPTIONS')!;
    const [answer] = preflight.Properties['Integration'].IntegrationResponses as [Record<string, any>]; // eslint-disable-line @typescript-eslint/no-explicit-any
    const header = (name: string): string[] =>
      (answer['ResponseParameters'][`method.response.header.Access-Control-${name}`] as string).slice(1, -1).split(',');
    expect(header('Allow-Headers')).toEqual(
      expect.arrayContaining([
        ...['Authorization', 'Content-Type', 'Accept', 'MCP-Protocol-Version', 'Mcp-Method', 'Mcp-Name', 'DPoP'],
        ...['Last-Event-ID', 'Mcp-Session-Id', '*'],
      ]),
    );
    expect(header('Expose-Headers')).toEqual(
      expect.arrayContaining(['WWW-Authenticate', 'Mcp-Session-Id', 'DPoP-Nonce']),
    );
    expect(header('Allow-Origin')).toEqual(['*']);
    expect(Object.keys(answer['ResponseParameters']).join()).not.toContain('Credentials');
  });
});

describe('what API Gateway answers itself', () => {
  const apis = ['AuthorizationServer', 'ServerTodo'];

  test.each(apis)('%s: pain 10: an unknown path is a JSON 404, not a 403', (api) => {
    expect(gatewayResponse(development, api, 'MISSING_AUTHENTICATION_TOKEN')['StatusCode']).toBe('404');
  });

  test.each(apis)('%s: too many calls are told when to come back', (api) => {
    const response = gatewayResponse(development, api, 'THROTTLED');
    expect(response['StatusCode']).toBe('429');
    expect(response['ResponseParameters']['gatewayresponse.header.Retry-After']).toBe("'1'");
  });

  test('is JSON in the words of OAuth with the trace id, and readable by scripts of any origin', () => {
    const all = development.of('AWS::ApiGateway::GatewayResponse').map(([, { Properties }]) => Properties);
    expect(all.length).toBeGreaterThan(10);
    for (const { ResponseTemplates, ResponseParameters } of all) {
      expect(Object.keys(ResponseTemplates as object)).toEqual(['application/json']);
      expect(JSON.parse(ResponseTemplates['application/json'] as string)).toEqual({
        // The guard's own word, where it decided.
        error: expect.stringMatching(/^(?:[a-z_]+|\$context\.authorizer\.error)$/),
        error_description: expect.stringMatching(/^[ -~]+$/),
        trace_id: '$context.requestId',
      });
      expect(ResponseParameters).toMatchObject({
        'gatewayresponse.header.Access-Control-Allow-Origin': "'*'",
        'gatewayresponse.header.Access-Control-Expose-Headers': expect.stringContaining('WWW-Authenticate'),
      });
      expect(JSON.stringify(ResponseParameters)).not.toContain('gatewayresponse.header.gatewayresponse');
    }
    for (const api of apis) for (const type of ['DEFAULT_4XX', 'DEFAULT_5XX']) gatewayResponse(development, api, type);
  });
});

test('access logs hold no query, no header and no identity', () => {
  for (const [, { Properties }] of development.of('AWS::ApiGateway::Stage')) {
    const format = Properties['AccessLogSetting'].Format as string;
    const variables = [...format.matchAll(/\$context\.([\w.]+)/g)].map(([, name]) => name);
    expect(variables).toContain('requestId');
    expect(variables.filter((name) => /query|header|authorizer\.(?!status)|requestOverride/i.test(name!))).toEqual([]);
    expect(Properties['MethodSettings']).toEqual([
      expect.objectContaining({ DataTraceEnabled: false, ThrottlingRateLimit: expect.any(Number) }),
    ]);
  }
});
