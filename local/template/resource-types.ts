import { isLeftOut } from './left-out-types.ts';

/** What a resource type needs to know of one resource to give it a physical id. */
export interface ResourceView {
  readonly logicalId: string;
  readonly stackName: string;
  readonly account: string;
  readonly region: string;
  /** A resolved property as text, if the template sets it. */
  property(name: string): string | undefined;
  /** Stable lower-case letters and digits, derived from stack and logical id. */
  id(length: number): string;
  /** Random but stable for this state folder. Never logged. */
  secret(): string;
}

export interface ResourceType {
  /** What `Ref` gives. */
  ref(resource: ResourceView): string;
  readonly attributes?: Readonly<Record<string, (resource: ResourceView) => string>>;
}

const named =
  (property: string) =>
  (resource: ResourceView): string =>
    resource.property(property) ?? `${resource.stackName}-${resource.logicalId}`;

const arn =
  (service: string, rest: (resource: ResourceView) => string) =>
  (resource: ResourceView): string =>
    `arn:aws:${service}:${resource.region}:${resource.account}:${rest(resource)}`;

const uuid = (resource: ResourceView): string => {
  const hex = Buffer.from(resource.id(16)).toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join('-');
};

const opaque: ResourceType = { ref: (resource) => resource.id(10) };

const table: ResourceType = {
  ref: named('TableName'),
  attributes: {
    Arn: arn('dynamodb', (resource) => `table/${named('TableName')(resource)}`),
    StreamArn: arn('dynamodb', (resource) => `table/${named('TableName')(resource)}/stream/local`),
  },
};

const functionArn = arn('lambda', (resource) => `function:${named('FunctionName')(resource)}`);
const secretArn = arn('secretsmanager', (resource) => `secret:${named('Name')(resource)}-${resource.id(6)}`);
const poolId = (resource: ResourceView): string => `${resource.region}_${resource.id(9)}`;
const pool = (resource: ResourceView): string => `cognito-idp.${resource.region}.amazonaws.com/${poolId(resource)}`;

/** Resource types that the runner acts on, with their physical ids and attributes. */
export const supportedTypes: Readonly<Record<string, ResourceType>> = {
  'AWS::ApiGateway::RestApi': { ...opaque, attributes: { RootResourceId: (resource) => `root${resource.id(10)}` } },
  'AWS::ApiGateway::Resource': opaque,
  'AWS::ApiGateway::Method': opaque,
  'AWS::ApiGateway::Authorizer': { ...opaque, attributes: { AuthorizerId: (resource) => resource.id(10) } },
  'AWS::ApiGateway::GatewayResponse': opaque,
  'AWS::ApiGateway::Stage': { ref: named('StageName') },
  'AWS::CloudFront::Distribution': {
    ref: (resource) => `E${resource.id(13).toUpperCase()}`,
    attributes: {
      Id: (resource) => `E${resource.id(13).toUpperCase()}`,
      DomainName: (resource) => `d${resource.id(13)}.cloudfront.net`,
    },
  },
  'AWS::CloudFront::ResponseHeadersPolicy': { ref: uuid, attributes: { Id: uuid } },
  'AWS::Cognito::UserPool': {
    ref: poolId,
    attributes: {
      Arn: arn('cognito-idp', (resource) => `userpool/${poolId(resource)}`),
      UserPoolId: poolId,
      ProviderName: pool,
      ProviderURL: (resource) => `https://${pool(resource)}`,
    },
  },
  'AWS::Cognito::UserPoolClient': {
    ref: (resource) => resource.id(26),
    attributes: {
      ClientId: (resource) => resource.id(26),
      ClientSecret: (resource) => resource.secret(),
      Name: named('ClientName'),
    },
  },
  'AWS::DynamoDB::Table': table,
  'AWS::DynamoDB::GlobalTable': table,
  'AWS::Events::Rule': {
    ref: named('Name'),
    attributes: { Arn: arn('events', (resource) => `rule/${named('Name')(resource)}`) },
  },
  'AWS::Scheduler::Schedule': {
    ref: named('Name'),
    attributes: { Arn: arn('scheduler', (resource) => `schedule/default/${named('Name')(resource)}`) },
  },
  'AWS::IAM::Role': {
    ref: named('RoleName'),
    attributes: {
      Arn: (resource) => `arn:aws:iam::${resource.account}:role/${named('RoleName')(resource)}`,
      RoleId: (resource) => `AROA${resource.id(16).toUpperCase()}`,
    },
  },
  'AWS::IAM::Policy': opaque,
  'AWS::IAM::ManagedPolicy': {
    ref: (resource) => `arn:aws:iam::${resource.account}:policy/${named('ManagedPolicyName')(resource)}`,
  },
  'AWS::KMS::Key': {
    ref: uuid,
    attributes: { Arn: arn('kms', (resource) => `key/${uuid(resource)}`), KeyId: uuid },
  },
  'AWS::Lambda::Function': { ref: named('FunctionName'), attributes: { Arn: functionArn } },
  'AWS::Lambda::Version': {
    ref: (resource) => `${resource.property('FunctionName') ?? ''}:1`,
    attributes: { FunctionArn: (resource) => `${resource.property('FunctionName') ?? ''}:1`, Version: () => '1' },
  },
  'AWS::Lambda::Alias': {
    ref: (resource) => `${resource.property('FunctionName') ?? ''}:${resource.property('Name') ?? ''}`,
    attributes: {
      AliasArn: (resource) => `${resource.property('FunctionName') ?? ''}:${resource.property('Name') ?? ''}`,
    },
  },
  'AWS::Logs::SubscriptionFilter': { ref: named('FilterName') },
  'AWS::SecretsManager::Secret': { ref: secretArn, attributes: { Id: secretArn } },
};

/** Whether a function of the stack makes this resource. */
export function isCustom(type: string): boolean {
  return (type.startsWith('Custom::') && !isLeftOut(type)) || type === 'AWS::CloudFormation::CustomResource';
}
