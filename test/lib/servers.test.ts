import { App, Stack } from 'aws-cdk-lib';
import { Function } from 'aws-cdk-lib/aws-lambda';
import { describe, expect, test } from 'vitest';
import { bundle } from '../../lib/bundle.ts';
import type { ServerProps } from '../../lib/server-props.ts';
import { todoServer } from '../apps/todo-server.ts';
import { flat, gatewayResponse, methodsOf, statements, synthesize } from './synthesize.ts';

const own: ServerProps = {
  id: 'weather-map',
  name: 'Weather',
  path: '/weather/mcp',
  scopes: [{ name: 'weather:read', description: 'See the weather' }],
  // Any entry will do: nothing runs here.
  entry: 'lambdas/registration.ts',
};

describe('an MCP server of a team: an entry of its own beside the sample', () => {
  const template = synthesize({ servers: [todoServer, own] });
  const handler = template.of('AWS::Lambda::Function').find(([id]) => id.startsWith('FunctionsServerWeatherMap'))![1];

  test('knows where it is, and no table but that of the limits', () => {
    const variables = handler.Properties['Environment'].Variables as Record<string, unknown>;
    expect(Object.keys(variables).sort()).toEqual(['ISSUER', 'SERVER_URLS', 'TABLE_RATE_LIMITS']);
    const urls = JSON.parse(flat(variables['SERVER_URLS'])) as Record<string, string>;
    expect(Object.keys(urls)).toEqual(['todo', 'weather-map']);
    expect(urls['weather-map']).toBe(flat(template.outputs['McpUrlWeatherMap']?.Value));
  });

  test('may write its log and count its callers, and nothing else', () => {
    const [log, limits, ...others] = statements(template).filter(({ policy }) =>
      policy.startsWith('FunctionsServerWeatherMap'),
    );
    expect(log?.actions).toEqual(['logs:CreateLogStream', 'logs:PutLogEvents']);
    expect(limits?.actions).toEqual(['dynamodb:GetItem', 'dynamodb:UpdateItem']);
    expect(limits?.resources).toEqual([expect.stringContaining('TablesRateLimits')]);
    expect(others).toEqual([]);
  });

  test('D1 has its own API with its own challenge, behind the same guard', () => {
    const challenge = flat(
      gatewayResponse(template, 'ServerWeatherMap', 'UNAUTHORIZED')['ResponseParameters'][
        'gatewayresponse.header.WWW-Authenticate'
      ],
    );
    expect(challenge).toContain('scope="weather:read"');
    expect(challenge).toContain('/.well-known/oauth-protected-resource/weather/mcp"');
    expect([...methodsOf(template, 'ServerWeatherMap').keys()]).toEqual(['/weather/mcp']);
    const guards = template.of('AWS::ApiGateway::Authorizer').map(([, { Properties }]) => Properties['AuthorizerUri']);
    expect(guards).toHaveLength(2);
    expect(new Set(guards.map(flat)).size).toBe(1);
  });
});

test('without the sample there is no table of todos', () => {
  const template = synthesize({ servers: [own] });
  expect(template.of('AWS::DynamoDB::Table').filter(([id]) => id.startsWith('TablesTodos'))).toEqual([]);
});

test('a function of a team answers as a stream behind the guard, and API Gateway may call it', () => {
  const elsewhere = new Stack(new App(), 'Elsewhere');
  const functionArn = 'arn:aws:lambda:eu-west-1:111122223333:function:weather';
  const imported = Function.fromFunctionAttributes(elsewhere, 'Weather', { functionArn, sameEnvironment: true });
  const { entry: _, ...rest } = own;
  const template = synthesize({ servers: [{ ...rest, function: imported }] });
  expect(template.of('AWS::Lambda::Function')).toHaveLength(10);
  const method = methodsOf(template, 'ServerWeatherMap').get('/weather/mcp')![0]!.Properties;
  expect(flat(method['Integration'].Uri)).toContain(`${functionArn}/response-streaming-invocations`);
  expect(method['AuthorizationType']).toBe('CUSTOM');
  const callable = template.of('AWS::Lambda::Permission').map(([, { Properties }]) => flat(Properties['FunctionName']));
  expect(callable).toContain(functionArn);
});

test('fails an entry that does not exist, by its name', () => {
  expect(() => bundle(['lambdas/nothing.ts'])).toThrow('Lambda entries that do not exist: lambdas/nothing.ts');
});
