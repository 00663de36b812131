import { adminReadScope, adminResource, adminScope } from '../../core/admin/admin-resource.ts';
import { adminOperations } from './index.ts';
import { componentSchemas, responsesOf } from './open-api-answers.ts';
import type { JsonSchema } from './open-api-fields.ts';
import { bodySchema, inputSchema } from './open-api-fields.ts';
import type { AdminOperation } from './operation.ts';
import { operationId } from './operation.ts';
import { adminResources } from './resources.ts';

const pageParameters = [
  parameter('query', 'limit', { type: 'integer', minimum: 1, maximum: 100, default: 25 }, 'Most items of a page.'),
  parameter('query', 'cursor', { type: 'string' }, '`next` of the page before.'),
];

/** The OpenAPI 3.1 description of the admin API, from the one table of operations (F-D5). */
export function adminOpenApi(issuer: string): Readonly<Record<string, unknown>> {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const operation of adminOperations) {
    paths[operation.path] = { ...paths[operation.path], [operation.method.toLowerCase()]: described(operation) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Gatehouse admin API',
      version: '1',
      description: [
        'For administrators. Times are ISO 8601 in UTC; members without a value are absent.',
        'A key that is not plain (`[A-Za-z0-9._-]`, at most 200) travels in a path as `~` and its base64url.',
        'Errors are problem details (RFC 9457).',
      ].join(' '),
    },
    servers: [{ url: adminResource(issuer).resource }],
    tags: Object.values(adminResources).map(({ id, about }) => ({ name: id, description: about })),
    security: [{ oauth: [adminReadScope] }],
    paths,
    components: { schemas: componentSchemas(), securitySchemes: { oauth: securityScheme(issuer) } },
  };
}

function described(operation: AdminOperation): JsonSchema {
  const { resource, summary, warning, method, path, access, input } = operation;
  const isQuery = method === 'GET';
  const own = isQuery ? input.map((field) => parameter('query', field.name, inputSchema(field), field.hint)) : [];
  const parameters = [
    ...(path.includes('{key}') ? [parameter('path', 'key', { type: 'string' })] : []),
    ...own,
    ...(operation.answers === 'page' ? pageParameters : []),
    ...(operation.answers === 'created' ? [repeatHeader] : []),
  ];
  const hasBody = !isQuery && input.length > 0;
  return {
    operationId: operationId(operation),
    tags: [resource],
    summary,
    ...(warning !== undefined && { description: warning }),
    ...(parameters.length > 0 && { parameters }),
    ...(hasBody && { requestBody: { required: true, content: { 'application/json': { schema: bodySchema(input) } } } }),
    responses: responsesOf(operation, hasBody),
    security: [{ oauth: [access === 'write' ? adminScope : adminReadScope] }],
  };
}

const repeatHeader = parameter(
  'header',
  'Idempotency-Key',
  { type: 'string', minLength: 1, maxLength: 200 },
  'Who repeats the same request with the same key within 10 minutes gets the same answer, and nothing is made twice.',
);

function parameter(place: string, name: string, schema: JsonSchema, description?: string): JsonSchema {
  const told = description === undefined ? {} : { description };
  return { name, in: place, ...(place === 'path' && { required: true }), ...told, schema };
}

function securityScheme(issuer: string): JsonSchema {
  const scopes = Object.fromEntries(adminResource(issuer).scopes.map(({ name, description }) => [name, description]));
  const flow = { authorizationUrl: `${issuer}/authorize`, tokenUrl: `${issuer}/token`, refreshUrl: `${issuer}/token` };
  const description = `With PKCE (S256) and resource=${adminResource(issuer).resource}.`;
  return { type: 'oauth2', description, flows: { authorizationCode: { ...flow, scopes } } };
}
