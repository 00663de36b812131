import { beforeAll, describe, expect, test } from 'vitest';
import type { Synthesized } from './synthesize.ts';
import { flat, gatewayResponse, statements, synthesize } from './synthesize.ts';

let development: Synthesized;
let production: Synthesized;
let edgeNone: Synthesized;

beforeAll(() => {
  development = synthesize({ stage: 'development' });
  production = synthesize({ stage: 'production' });
  edgeNone = synthesize({ stage: 'development', edge: 'none' });
});

const stateful = [
  'AWS::DynamoDB::Table',
  'AWS::KMS::Key',
  'AWS::SecretsManager::Secret',
  'AWS::Cognito::UserPool',
  'AWS::Logs::LogGroup',
];

describe('stage production', () => {
  test.each(stateful)('keeps every %s when the stack goes', (type) => {
    const found = production.of(type);
    expect(found.length).toBeGreaterThan(0);
    for (const [, resource] of found) {
      expect(resource).toMatchObject({ DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
    }
  });

  test('protects against deletion, recovers to a point in time, keeps logs for a year', () => {
    expect(production.terminationProtection).toBe(true);
    for (const [, { Properties }] of production.of('AWS::DynamoDB::Table')) {
      expect(Properties['DeletionProtectionEnabled']).toBe(true);
      expect(Properties['PointInTimeRecoverySpecification'].PointInTimeRecoveryEnabled).toBe(true);
    }
    expect(production.of('AWS::Cognito::UserPool')[0]![1].Properties['DeletionProtection']).toBe('ACTIVE');
    for (const [, { Properties }] of production.of('AWS::Logs::LogGroup')) {
      expect(Properties['RetentionInDays']).toBe(365);
    }
  });

  test('is the default', () => {
    expect(synthesize().terminationProtection).toBe(true);
  });
});

describe('stage development', () => {
  test.each(stateful)('removes every %s with the stack', (type) => {
    for (const [, resource] of development.of(type)) expect(resource.DeletionPolicy).toBe('Delete');
  });

  test('keeps logs for a week, and protects nothing', () => {
    for (const [, { Properties }] of development.of('AWS::Logs::LogGroup')) {
      expect(Properties['RetentionInDays']).toBe(7);
    }
    expect(development.terminationProtection).toBe(false);
    expect(development.of('AWS::Cognito::UserPool')[0]![1].Properties['DeletionProtection']).toBe('INACTIVE');
  });
});

describe('transport', () => {
  test('CloudFront takes https alone and reaches the APIs by TLS 1.2', () => {
    const config = development.of('AWS::CloudFront::Distribution')[0]![1].Properties['DistributionConfig'];
    const behaviors = [config.DefaultCacheBehavior, ...config.CacheBehaviors] as Record<string, unknown>[];
    expect(behaviors.map((behavior) => behavior['ViewerProtocolPolicy'])).toEqual(behaviors.map(() => 'https-only'));
    for (const origin of config.Origins as Record<string, unknown>[]) {
      expect(origin['CustomOriginConfig']).toMatchObject({
        OriginProtocolPolicy: 'https-only',
        OriginSSLProtocols: ['TLSv1.2'],
        OriginReadTimeout: 60,
      });
      expect(origin['OriginPath']).toBe('/prod');
      expect(flat(origin['DomainName'])).toMatch(/^\$\{\w+Api\w+\}\.execute-api\.\$\{AWS::Region\}\./);
    }
  });

  test('APIs take TLS 1.2 and later', () => {
    for (const [, { Properties }] of edgeNone.of('AWS::ApiGateway::RestApi')) {
      expect(Properties['SecurityPolicy']).toMatch(/^SecurityPolicy_TLS13_1_2_/);
    }
  });

  test('CloudFront caches no answer of an API and no error; documents for as long as they say, at most 5 minutes', () => {
    const config = development.of('AWS::CloudFront::Distribution')[0]![1].Properties['DistributionConfig'];
    const cachingDisabled = '4135ea2d-6df8-44a3-9df3-4b5a84be39ad';
    const cached = (config.CacheBehaviors as Record<string, unknown>[]).filter(
      (behavior) => behavior['CachePolicyId'] !== cachingDisabled,
    );
    expect(config.DefaultCacheBehavior.CachePolicyId).toBe(cachingDisabled);
    expect(cached.map((behavior) => behavior['PathPattern'])).toEqual(['/.well-known/*']);
    expect(development.of('AWS::CloudFront::CachePolicy')[0]![1].Properties['CachePolicyConfig']).toMatchObject({
      MinTTL: 0,
      DefaultTTL: 0,
      MaxTTL: 300,
    });
    const errors = config.CustomErrorResponses as Record<string, unknown>[];
    expect(errors.map((error) => error['ErrorCode'])).toEqual(expect.arrayContaining([400, 403, 404, 405, 500, 503]));
    for (const error of errors) expect(error['ErrorCachingMinTTL']).toBe(0);
  });

  test('the path of a server and all below it goes to its own API', () => {
    const two = synthesize({ servers: [server('one', '/mcp'), server('two', '/mcp/deeper')] });
    const config = two.of('AWS::CloudFront::Distribution')[0]![1].Properties['DistributionConfig'];
    const origins = new Map((config.Origins as Record<string, unknown>[]).map((o) => [o['Id'], flat(o['DomainName'])]));
    const behaviors = (config.CacheBehaviors as Record<string, unknown>[]).map(
      (behavior) => [behavior['PathPattern'], origins.get(behavior['TargetOriginId'])] as const,
    );
    expect(behaviors.map(([path]) => path)).toEqual([
      '/.well-known/*',
      '/mcp/deeper',
      '/mcp/deeper/*',
      '/mcp',
      '/mcp/*',
    ]);
    expect(behaviors.map(([, host]) => /\$\{(AuthorizationServer|ServerOne|ServerTwo)/.exec(host ?? '')?.[1])).toEqual([
      'AuthorizationServer',
      'ServerTwo',
      'ServerTwo',
      'ServerOne',
      'ServerOne',
    ]);
  });

  test('a domain is the issuer, by TLS 1.2 and later', () => {
    const domain = {
      domainName: 'mcp.example.com',
      certificateArn: 'arn:aws:acm:us-east-1:111122223333:certificate/a',
    };
    const own = synthesize({ domain });
    expect(own.outputs['Issuer']?.Value).toBe('https://mcp.example.com');
    expect(own.outputs['DomainTarget']).toBeDefined();
    const config = own.of('AWS::CloudFront::Distribution')[0]![1].Properties['DistributionConfig'];
    expect(config.Aliases).toEqual(['mcp.example.com']);
    expect(config.ViewerCertificate).toMatchObject({ MinimumProtocolVersion: 'TLSv1.2_2021' });
  });
});

describe('edge none', () => {
  test('has no CloudFront; the issuer is the API with its stage path, without a trailing slash', () => {
    const types = Object.values(edgeNone.resources).map(({ Type }) => Type);
    expect(types.filter((type) => type.startsWith('AWS::CloudFront::'))).toEqual([]);
    expect(flat(edgeNone.outputs['Issuer']?.Value)).toMatch(
      /^https:\/\/\$\{AuthorizationServerApi\w+\}\.execute-api\.\$\{AWS::Region\}\.\$\{AWS::URLSuffix\}\/prod$/,
    );
    expect(flat(edgeNone.outputs['McpUrlTodo']?.Value)).toMatch(
      /^https:\/\/\$\{ServerTodoApi\w+\}\.execute-api\.\$\{AWS::Region\}\.\$\{AWS::URLSuffix\}\/prod\/mcp$/,
    );
  });

  test('the challenge points to the metadata at the authorization server', () => {
    const response = gatewayResponse(edgeNone, 'ServerTodo', 'UNAUTHORIZED');
    expect(flat(response['ResponseParameters']['gatewayresponse.header.WWW-Authenticate'])).toMatch(
      /resource_metadata="https:\/\/\$\{AuthorizationServerApi\w+\}\.[^"]+\/prod\/\.well-known\/oauth-protected-resource\/mcp", DPoP algs="[^"]+"'$/,
    );
  });

  test('AS-01 every function is told the same issuer', () => {
    const issuers = edgeNone
      .of('AWS::Lambda::Function')
      .flatMap(([, { Properties }]) => [Properties['Environment']?.Variables?.ISSUER].filter(Boolean).map(flat));
    expect(new Set(issuers)).toEqual(new Set([flat(edgeNone.outputs['Issuer']?.Value)]));
  });
});

describe('sign-in', () => {
  test('the user pool is closed, hides who exists, and sends people back to the callback only', () => {
    const [[, pool] = []] = development.of('AWS::Cognito::UserPool');
    expect(pool!.Properties).toMatchObject({
      AdminCreateUserConfig: { AllowAdminCreateUserOnly: true },
      UserPoolTier: 'ESSENTIALS',
      MfaConfiguration: 'OPTIONAL',
    });
    expect(pool!.Properties['Policies'].PasswordPolicy.MinimumLength).toBe(12);
    const [[, client] = []] = development.of('AWS::Cognito::UserPoolClient');
    expect(client!.Properties).toMatchObject({
      GenerateSecret: true,
      AllowedOAuthFlows: ['code'],
      AllowedOAuthScopes: ['openid', 'email', 'profile'],
      PreventUserExistenceErrors: 'ENABLED',
      SupportedIdentityProviders: ['COGNITO'],
    });
    expect((client!.Properties['CallbackURLs'] as unknown[]).map(flat)).toEqual([
      `${flat(development.outputs['Issuer']?.Value)}/callback`,
    ]);
    expect(development.of('AWS::Cognito::UserPoolDomain')[0]![1].Properties['ManagedLoginVersion']).toBe(2);
  });

  test('another provider replaces the user pool altogether', () => {
    const clientSecretArn = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:login-AbCdEf';
    const other = synthesize({ identity: { issuer: 'https://login.example.com', clientId: 'g', clientSecretArn } });
    expect(Object.values(other.resources).filter(({ Type }) => Type.startsWith('AWS::Cognito'))).toEqual([]);
    expect(statements(other).filter(({ resources }) => resources.includes(clientSecretArn))).toHaveLength(1);
    expect(flat(other.outputs['CallbackUrl']?.Value)).toMatch(/\/callback$/);
  });
});

test('what a deployment prints', () => {
  expect(Object.keys(development.outputs).sort()).toEqual([
    'AddUser',
    'CognitoConsole',
    'Issuer',
    'McpUrlTodo',
    'PasteClaudeCodeTodo',
  ]);
});

function server(id: string, path: string): { id: string; name: string; path: string; scopes: [] } {
  return { id, name: id, path, scopes: [] };
}
