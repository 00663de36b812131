import type { IResource, RestApi } from 'aws-cdk-lib/aws-apigateway';
import { LambdaIntegration, Resource } from 'aws-cdk-lib/aws-apigateway';
import type { Route, RoutedFunction } from '../lambdas/contract/route.ts';
import { routes } from '../lambdas/contract/routes.ts';
import { acknowledge } from './acknowledge.ts';
import { addPreflight } from './cors.ts';
import type { Functions } from './functions.ts';

/**
 * Gives the API of the authorization server its methods: those of the route table, and for each of its paths every
 * other verb to the same function, which answers 405 with `Allow`.
 */
export function addRoutes(api: RestApi, functions: Pick<Functions, RoutedFunction>): void {
  for (const [path, rows] of Map.groupBy<string, Route>(routes, (route) => route.path)) {
    const [{ function: owner, cors }] = rows as [Route, ...Route[]];
    const resource = api.root.resourceForPath(path);
    // One permission for the whole API instead of one a method: a function's policy ends at 20 KB.
    const integration = new LambdaIntegration(functions[owner].handler, { scopePermissionToMethod: false });
    const methods = rows.map((route) => route.method);
    for (const method of [...methods, 'ANY']) resource.addMethod(method, integration);
    if (cors === 'public') addPreflight(asResource(resource), methods);
  }
  acknowledge(api, {
    'AwsSolutions-APIG4': 'OAuth endpoints authenticate clients and people themselves, in the words of OAuth.',
  });
}

function asResource(resource: IResource): Resource {
  if (resource instanceof Resource) return resource;
  throw new Error(`${resource.path} is not a resource of this stack`);
}
