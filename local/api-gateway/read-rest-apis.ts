import type { Properties, Stack } from '../template/stack.ts';
import type { Authorizer, GatewayResponse, Method, ResourceNode, RestApi } from './model.ts';
import { recordOf, textOf } from './model.ts';
import { functionOfUri, readIntegration } from './read-integration.ts';

/**
 * Reads the REST APIs of the template.
 * @param report takes one line for each thing that the template asks and that does not work here
 */
export function readRestApis(stack: Stack, report: (line: string) => void): RestApi[] {
  return stack.resourcesOf('AWS::ApiGateway::RestApi').map(({ logicalId }) => readRestApi(stack, logicalId, report));
}

function readRestApi(stack: Stack, logicalId: string, report: (line: string) => void): RestApi {
  const apiId = stack.ref(logicalId);
  const properties = stack.properties(logicalId);
  const owned = (type: string): { logicalId: string; properties: Properties }[] =>
    stack
      .resourcesOf(`AWS::ApiGateway::${type}`)
      .map((resource) => ({ logicalId: resource.logicalId, properties: stack.properties(resource.logicalId) }))
      .filter((resource) => resource.properties.RestApiId === apiId);
  if (properties.Body ?? properties.BodyS3Location) report(`${logicalId}: an API definition (Body) is not read`);
  const [stage] = owned('Stage');
  return {
    logicalId,
    apiId,
    stage: (stage && textOf(stage.properties, 'StageName')) ?? 'prod',
    account: stack.account,
    region: stack.region,
    domainName: `${apiId}.execute-api.${stack.region}.amazonaws.com`,
    stageVariables: (stage?.properties.Variables ?? null) as Record<string, string> | null,
    binaryMediaTypes: (properties.BinaryMediaTypes ?? []) as string[],
    root: readTree(stack.attribute(logicalId, 'RootResourceId'), owned, stack, report),
    authorizers: readAuthorizers(stack, owned('Authorizer'), report),
    gatewayResponses: new Map(
      owned('GatewayResponse').map((response) => [
        textOf(response.properties, 'ResponseType') ?? '',
        readGatewayResponse(response.properties),
      ]),
    ),
  };
}

type Owned = (type: string) => { logicalId: string; properties: Properties }[];

function readTree(rootId: string, owned: Owned, stack: Stack, report: (line: string) => void): ResourceNode {
  const node = (resourceId: string, path: string, part: string): ResourceNode => ({
    resourceId,
    path,
    part,
    children: [],
    methods: new Map(),
  });
  const root = node(rootId, '/', '');
  const nodes = new Map([[rootId, root]]);
  const resources = owned('Resource');
  const grow = (parent: ResourceNode): void => {
    for (const resource of resources.filter((child) => child.properties.ParentId === parent.resourceId)) {
      const part = textOf(resource.properties, 'PathPart') ?? '';
      const child = node(stack.ref(resource.logicalId), `${parent.path === '/' ? '' : parent.path}/${part}`, part);
      parent.children.push(child);
      nodes.set(child.resourceId, child);
      grow(child);
    }
  };
  grow(root);
  for (const method of owned('Method')) {
    const target = nodes.get(textOf(method.properties, 'ResourceId') ?? '');
    target?.methods.set(
      textOf(method.properties, 'HttpMethod') ?? 'ANY',
      readMethod(method.logicalId, method.properties, report),
    );
  }
  return root;
}

function readMethod(logicalId: string, properties: Properties, report: (line: string) => void): Method {
  const kind = textOf(properties, 'AuthorizationType') ?? 'NONE';
  if (kind !== 'NONE' && kind !== 'CUSTOM') report(`${logicalId}: authorization type ${kind} is not enforced here`);
  const integration = readIntegration((properties.Integration ?? {}) as Properties);
  if (integration.kind === 'unsupported') report(`${logicalId}: ${integration.why} is not supported; it answers 500`);
  return { authorizerId: kind === 'CUSTOM' ? textOf(properties, 'AuthorizerId') : undefined, integration };
}

function readAuthorizers(
  stack: Stack,
  owned: readonly { logicalId: string; properties: Properties }[],
  report: (line: string) => void,
): Map<string, Authorizer> {
  return new Map(
    owned.flatMap(({ logicalId, properties }): [string, Authorizer][] => {
      const called = functionOfUri(textOf(properties, 'AuthorizerUri') ?? '');
      if (properties.Type !== 'REQUEST' || !called) {
        report(`${logicalId}: only REQUEST authorizers that are functions are supported; its methods answer 500`);
        return [];
      }
      if (Number(properties.AuthorizerResultTtlInSeconds ?? 300) > 0) {
        report(`${logicalId}: answers of authorizers are not cached here; every request asks`);
      }
      const sources = (textOf(properties, 'IdentitySource') ?? '').split(',').filter((source) => source !== '');
      return [[stack.ref(logicalId), { functionArn: called.arn, identitySources: sources }]];
    }),
  );
}

function readGatewayResponse(properties: Properties): GatewayResponse {
  const headers = Object.entries(recordOf(properties.ResponseParameters))
    .filter(([name]) => name.startsWith('gatewayresponse.header.'))
    .map(([name, value]) => [name.slice('gatewayresponse.header.'.length), value]);
  const status = textOf(properties, 'StatusCode');
  return {
    status: status === undefined ? undefined : Number(status),
    headers: Object.fromEntries(headers) as Record<string, string>,
    templates: recordOf(properties.ResponseTemplates),
  };
}
