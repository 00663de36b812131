import { describe, expect, test } from 'vitest';
import { todoServer } from '../apps/todo-server.ts';
import { flat, gatewayResponse, synthesize } from './synthesize.ts';

const challengeOf = (template: ReturnType<typeof synthesize>) =>
  flat(
    gatewayResponse(template, 'ServerTodo', 'UNAUTHORIZED')['ResponseParameters'][
      'gatewayresponse.header.WWW-Authenticate'
    ],
  );

describe('F-B6 API keys on the URL of a server', () => {
  const template = synthesize({ servers: [todoServer] });

  test('are none of API Gateway: no method asks for one, there is no usage plan, and nothing reads the header', () => {
    for (const [, { Properties }] of template.of('AWS::ApiGateway::Method')) {
      expect(Properties['ApiKeyRequired'] ?? false).toBe(false);
    }
    for (const [, { Properties }] of template.of('AWS::ApiGateway::RestApi')) {
      expect(Properties).not.toHaveProperty('ApiKeySourceType');
    }
    expect(template.of('AWS::ApiGateway::ApiKey')).toEqual([]);
    expect(template.of('AWS::ApiGateway::UsagePlan')).toEqual([]);
  });

  test('reach the guard: no identity source stands before it, and a browser may send the header', () => {
    for (const [, { Properties }] of template.of('AWS::ApiGateway::Authorizer')) {
      expect(Properties['IdentitySource'] ?? '').toBe('');
    }
    const preflights = template.of('AWS::ApiGateway::Method').filter(([, { Properties }]) => {
      return Properties['HttpMethod'] === 'OPTIONS' && JSON.stringify(Properties).includes('Mcp-Session-Id');
    });
    expect(preflights.length).toBeGreaterThan(0);
    for (const [, { Properties }] of preflights) expect(JSON.stringify(Properties)).toContain('X-API-Key');
  });

  test('stand in no access log', () => {
    for (const [, { Properties }] of template.of('AWS::ApiGateway::Stage')) {
      expect(JSON.stringify(Properties['AccessLogSetting'])).not.toMatch(/apiKey|header/i);
    }
  });

  test('a 403 says in the words of the guard what is missing', () => {
    const { ResponseTemplates } = gatewayResponse(template, 'ServerTodo', 'ACCESS_DENIED');
    expect(JSON.parse(ResponseTemplates['application/json'])).toMatchObject({
      error: '$context.authorizer.error',
      error_description: '$context.authorizer.description',
    });
  });
});

describe('apiKeys of a server', () => {
  test("'only': its 401 names no authorization server, and its output says how to call it", () => {
    const template = synthesize({ servers: [{ ...todoServer, apiKeys: 'only' }] });
    expect(challengeOf(template)).toBe(`'Bearer realm="todo"'`);
    expect(flat(template.outputs['PasteClaudeCodeTodo']?.Value)).toContain('--header "X-API-Key: YOUR_API_KEY"');
  });

  test.each(['accepted', 'refused', undefined] as const)('%s: the challenge leads to the sign-in', (apiKeys) => {
    const template = synthesize({ servers: [{ ...todoServer, ...(apiKeys && { apiKeys }) }] });
    expect(challengeOf(template)).toContain('resource_metadata=');
  });

  test('anything else is refused early, and so is a scope that is spelled as a permission for one tool', () => {
    const wrong = { ...todoServer, apiKeys: 'sometimes' as 'only' };
    expect(() => synthesize({ servers: [wrong] })).toThrow(/servers\[0\]\.apiKeys.*accepted, only, refused/);
    const scopes = [{ name: 'tool:x', description: 'X' }];
    expect(() => synthesize({ servers: [{ ...todoServer, scopes }] })).toThrow(/servers\[0\]\.scopes\[0\]\.name/);
  });
});
