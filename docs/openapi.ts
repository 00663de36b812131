import { readFileSync } from 'node:fs';
import type { Route } from '../lambdas/contract/route.ts';
import { routes } from '../lambdas/contract/routes.ts';
import type { RouteSchema } from '../lambdas/contract/route-schema.ts';
import { error, page } from '../lambdas/contract/route-schema.ts';
import { routeSchemas } from '../lambdas/contract/route-schemas.ts';
import { components } from '../lambdas/contract/schema-components.ts';

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
  version: string;
};

/** The OpenAPI 3.1 document of the authorization server, from the route table and its schemas. */
export function openApi(): Record<string, unknown> {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Gatehouse authorization server',
      version,
      description: 'OAuth 2.1 in front of MCP servers. Paths are relative to the issuer.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '{issuer}', variables: { issuer: { default: 'http://localhost:3000' } } }],
    paths: pathsOf(routes),
    components: {
      schemas: components,
      securitySchemes: {
        client: { type: 'http', scheme: 'basic', description: 'client_secret_basic' },
        token: {
          type: 'http',
          scheme: 'bearer',
          bearerFormat: 'JWT',
          description: 'Access token with the scope openid',
        },
      },
    },
  };
}

function pathsOf(rows: readonly Route[]): Record<string, Record<string, unknown>> {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const route of rows) {
    const path = route.path.replace('+}', '}');
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operation(route) };
  }
  return paths;
}

function operation(route: Route): Record<string, unknown> {
  const schema: RouteSchema = routeSchemas[`${route.method} ${route.path}` as keyof typeof routeSchemas];
  const parameters = [...pathParameters(route.path), ...queryParameters(schema)];
  return {
    operationId: `${route.method.toLowerCase()}${route.path.replace(/\W+(\w?)/g, (_all, next: string) => next.toUpperCase())}`,
    tags: [route.function],
    summary: route.summary,
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(schema.body
      ? { requestBody: { required: true, content: { [schema.body.type]: { schema: schema.body.schema } } } }
      : {}),
    responses: responses(schema, route),
    // Public clients send none.
    ...(route.path === '/token' ? { security: [{ client: [] }, {}] } : {}),
    ...(route.path === '/userinfo' ? { security: [{ token: [] }] } : {}),
  };
}

function pathParameters(path: string): readonly unknown[] {
  return [...path.matchAll(/\{(\w+)\+?\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
}

function queryParameters({ query = {} }: RouteSchema): readonly unknown[] {
  return Object.entries(query).map(([name, { required, description, ...schema }]) => ({
    name,
    in: 'query',
    ...(required ? { required } : {}),
    ...(description ? { description } : {}),
    schema,
  }));
}

/** Of every route but discovery (docs/decisions/0020). */
const tooMany = 'Too many requests; Retry-After says how long to wait';

function responses({ answers }: RouteSchema, route: Route): Record<string, unknown> {
  const limited = route.function === 'interaction' ? page(tooMany) : error(tooMany);
  const every = route.function === 'discovery' ? answers : { 429: limited, ...answers };
  const all = Object.entries(every).map(([status, { description, content }]) => [
    status,
    {
      description,
      ...(content ? { content: { [content.type]: { schema: content.schema ?? { type: 'string' } } } } : {}),
    },
  ]);
  return Object.fromEntries(all) as Record<string, unknown>;
}
