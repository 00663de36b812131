import { expect, test } from 'vitest';
import { doorsOf, originsOf } from '../../local/doors.ts';
import { identityOfFunctions } from '../../local/identity-of-functions.ts';
import type { Assembly, Template } from '../../local/template/assembly.ts';
import { rewriteOrigins } from '../../local/template/origins.ts';
import type { Stack } from '../../local/template/stack.ts';
import { NotCreatedYet } from '../../local/template/references.ts';
import { openStack } from '../../local/template/stack.ts';

function stackOf(template: Template): Stack {
  const assembly: Assembly = {
    stackName: 'Shop',
    account: '000000000000',
    region: 'eu-west-1',
    template,
    otherStacks: [],
    assetPath: () => undefined,
  };
  return openStack(assembly, Buffer.alloc(32, 7));
}

const bucketOf = (value: unknown, more: Partial<Template> = {}): unknown =>
  stackOf({
    ...more,
    Resources: {
      Holder: { Type: 'AWS::IAM::Role', Properties: { value } },
      Table: { Type: 'AWS::DynamoDB::Table', Properties: { TableName: { 'Fn::Join': ['-', ['a', 'b']] } } },
    },
  }).properties('Holder').value;

test.each([
  ['Ref of a resource', { Ref: 'Table' }, 'a-b'],
  ['Ref of a pseudo parameter', { Ref: 'AWS::Region' }, 'eu-west-1'],
  ['Fn::GetAtt', { 'Fn::GetAtt': ['Table', 'Arn'] }, 'arn:aws:dynamodb:eu-west-1:000000000000:table/a-b'],
  ['Fn::GetAtt in dotted form', { 'Fn::GetAtt': 'Table.Arn' }, 'arn:aws:dynamodb:eu-west-1:000000000000:table/a-b'],
  ['Fn::Join', { 'Fn::Join': ['', ['x', { Ref: 'Table' }]] }, 'xa-b'],
  [
    'Fn::Sub',
    { 'Fn::Sub': '${Table}/${Table.Arn}/${!literal}' },
    'a-b/arn:aws:dynamodb:eu-west-1:000000000000:table/a-b/${literal}',
  ],
  ['Fn::Sub with variables', { 'Fn::Sub': ['${x}!', { x: { Ref: 'Table' } }] }, 'a-b!'],
  ['Fn::Select of Fn::Split', { 'Fn::Select': [1, { 'Fn::Split': ['-', { Ref: 'Table' }] }] }, 'b'],
  ['Fn::Base64', { 'Fn::Base64': 'hi' }, 'aGk='],
  ['AWS::NoValue in a list', ['a', { Ref: 'AWS::NoValue' }], ['a']],
  ['AWS::NoValue in an object', { a: 1, b: { Ref: 'AWS::NoValue' } }, { a: 1 }],
  [
    'an object that only looks like an intrinsic',
    { Condition: { StringEquals: {} } },
    { Condition: { StringEquals: {} } },
  ],
])('resolves %s', (_name, value, expected) => {
  expect(bucketOf(value)).toEqual(expected);
});

test('resolves conditions, parameters with their defaults and mappings', () => {
  const more = {
    Parameters: { Stage: { Type: 'String', Default: 'dev' } },
    Conditions: { IsDev: { 'Fn::Equals': [{ Ref: 'Stage' }, 'dev'] }, IsProd: { 'Fn::Not': [{ Condition: 'IsDev' }] } },
    Mappings: { Size: { dev: { memory: 128 } } },
  };
  expect(bucketOf({ 'Fn::If': ['IsDev', 'small', 'large'] }, more)).toBe('small');
  expect(bucketOf({ 'Fn::If': ['IsProd', 'large', { Ref: 'AWS::NoValue' }] }, more)).toBeUndefined();
  expect(bucketOf({ 'Fn::FindInMap': ['Size', { Ref: 'Stage' }, 'memory'] }, more)).toBe(128);
});

test('an intrinsic function that is not supported is named', () => {
  expect(() => bucketOf({ 'Fn::ImportValue': 'x' })).toThrow('Fn::ImportValue');
});

test('a resource under a false condition does not exist', () => {
  const stack = stackOf({
    Conditions: { Never: { 'Fn::Equals': ['a', 'b'] } },
    Resources: { A: { Type: 'AWS::DynamoDB::Table', Condition: 'Never' }, B: { Type: 'AWS::DynamoDB::Table' } },
  });
  expect(stack.resourcesOf('AWS::DynamoDB::Table').map(({ logicalId }) => logicalId)).toEqual(['B']);
});

test('a resource that this runner cannot run is named; what changes nothing here is left out', () => {
  const stack = stackOf({
    Resources: {
      Queue: { Type: 'AWS::SQS::Queue' },
      Log: { Type: 'AWS::Logs::LogGroup' },
      Mine: { Type: 'Custom::Mine' },
    },
  });
  expect(stack.unsupported()).toEqual([{ logicalId: 'Queue', type: 'AWS::SQS::Queue' }]);
});

test('an attribute of a custom resource exists from its creation on', () => {
  const stack = stackOf({ Resources: { Mine: { Type: 'Custom::Mine' } } });
  expect(() => stack.attribute('Mine', 'greeting')).toThrow(NotCreatedYet);
  stack.remember('Mine', 'id-1', { greeting: 'hello' });
  expect([stack.ref('Mine'), stack.attribute('Mine', 'greeting')]).toEqual(['id-1', 'hello']);
  expect(() => stack.attribute('Mine', 'farewell')).toThrow('farewell');
});

test('the secret of an app client is stable for a state folder and differs between clients', () => {
  const template = {
    Resources: { A: { Type: 'AWS::Cognito::UserPoolClient' }, B: { Type: 'AWS::Cognito::UserPoolClient' } },
  };
  const secret = stackOf(template).attribute('A', 'ClientSecret');
  expect(secret).toHaveLength(43);
  expect(stackOf(template).attribute('A', 'ClientSecret')).toBe(secret);
  expect(stackOf(template).attribute('B', 'ClientSecret')).not.toBe(secret);
});

test('an origin is rewritten only where it ends', () => {
  const mappings = [{ from: 'https://d1.cloudfront.net', to: 'http://localhost:8787' }];
  const rewritten = rewriteOrigins(
    {
      url: '\'Bearer resource_metadata="https://d1.cloudfront.net/.well-known/x"\'',
      bare: 'https://d1.cloudfront.net',
      longer: 'https://d1.cloudfront.net.evil.example',
      host: 'd1.cloudfront.net',
    },
    mappings,
  );
  expect(rewritten).toEqual({
    url: '\'Bearer resource_metadata="http://localhost:8787/.well-known/x"\'',
    bare: 'http://localhost:8787',
    longer: 'https://d1.cloudfront.net.evil.example',
    host: 'd1.cloudfront.net',
  });
});

const host = (api: string): unknown => ({
  'Fn::Join': ['', ['https://', { Ref: api }, '.execute-api.eu-west-1.amazonaws.com/prod']],
});

test('without a distribution, the API that is the issuer takes the first port and the others the next', () => {
  const stack = stackOf({
    Resources: {
      Server: { Type: 'AWS::ApiGateway::RestApi' },
      Authorization: { Type: 'AWS::ApiGateway::RestApi' },
      Token: {
        Type: 'AWS::Lambda::Function',
        Properties: { Environment: { Variables: { ISSUER: host('Authorization') } } },
      },
    },
    Outputs: { Issuer: { Value: host('Authorization') }, McpUrl: { Value: host('Server') } },
  });
  const doors = doorsOf(stack);
  expect(doors.map((door) => door.logicalId)).toEqual(['Authorization', 'Server']);
  stack.useOrigins(originsOf(doors, [8787, 8788]));
  expect(stack.outputs()).toEqual({ Issuer: 'http://localhost:8787/prod', McpUrl: 'http://localhost:8788/prod' });
});

test('a function is known by the statements of its own role only', () => {
  const role = (name: string): unknown => ({ 'Fn::GetAtt': [name, 'Arn'] });
  const statement = { Effect: 'Allow', Action: 'dynamodb:GetItem', Resource: { 'Fn::GetAtt': ['Table', 'Arn'] } };
  const stack = stackOf({
    Resources: {
      Table: { Type: 'AWS::DynamoDB::Table' },
      RoleA: { Type: 'AWS::IAM::Role' },
      RoleB: {
        Type: 'AWS::IAM::Role',
        Properties: { Policies: [{ PolicyDocument: { Statement: [{ Sid: 'inline' }] } }] },
      },
      Policy: {
        Type: 'AWS::IAM::Policy',
        Properties: { Roles: [{ Ref: 'RoleA' }], PolicyDocument: { Statement: [statement] } },
      },
      A: { Type: 'AWS::Lambda::Function', Properties: { Role: role('RoleA') } },
      B: { Type: 'AWS::Lambda::Function', Properties: { Role: role('RoleB') } },
    },
  });
  const [a, b] = identityOfFunctions(stack);
  expect(a?.statements).toEqual([{ ...statement, Resource: stack.attribute('Table', 'Arn') }]);
  expect(b?.statements).toEqual([{ Sid: 'inline' }]);
  expect(a?.accessKeyId).not.toBe(b?.accessKeyId);
});
