import { adminReadScope, adminResource, adminScope } from '../../core/admin/admin-resource.ts';
import { adminOperations } from './index.ts';
import type { JsonSchema } from './open-api-fields.ts';
import { bodySchema, inputSchema, outputSchema } from './open-api-fields.ts';
import type { AdminOperation } from './operation.ts';
import { operationId } from './operation.ts';
import { adminResources } from './resources.ts';

const pageParameters = [
  parameter('query', 'limit', { type: 'integer', minimum: 1, maximum: 100, default: 25 }, 'Most items of a page.'),
  parameter('query', 'cursor', { type: 'string' }, '`next` of the page before.'),
];

const problems = {
  400: 'The input cannot be taken; `errors` says what is wrong with which field. Nothing was written',
  401: 'No access token, or one that is not good (any more)',
  403: 'The token lacks a scope, or its person the right',
  404: 'There is no such thing',
  409: 'Somebody else changed it meanwhile, or it is managed elsewhere',
  413: 'The body is larger than 64 KiB',
  415: 'The body is not application/json',
  429: 'Too many requests; Retry-After says how long to wait',
  500: 'Something went wrong here; traceId is what to report',
} as const;

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
    components: { schemas: schemas(), securitySchemes: { oauth: securityScheme(issuer) } },
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
    ...(hasBody && { requestBody: { required: true, content: json(bodySchema(input)) } }),
    responses: responses(operation, hasBody),
    security: [{ oauth: [access === 'write' ? adminScope : adminReadScope] }],
  };
}

const repeatHeader = parameter(
  'header',
  'Idempotency-Key',
  { type: 'string', minLength: 1, maxLength: 200 },
  'Who repeats the same request with the same key within 10 minutes gets the same answer, and nothing is made twice.',
);

function responses(operation: AdminOperation, hasBody: boolean): JsonSchema {
  const left = (status: string): boolean => hasBody || !['413', '415'].includes(status);
  const refused = Object.entries(problems).filter(([status]) => left(status));
  const problem = { 'application/problem+json': { schema: reference('Problem') } };
  return {
    [operation.answers === 'created' ? 201 : 200]: { description: operation.summary, content: json(answer(operation)) },
    ...Object.fromEntries(refused.map(([status, description]) => [status, { description, content: problem }])),
  };
}

function answer({ resource, answers, secretField }: AdminOperation): JsonSchema {
  const row = reference(schemaName(resource));
  if (answers === 'page') {
    const properties = { items: { type: 'array', items: row }, next: { type: 'string', description: 'Cursor' } };
    return { type: 'object', properties, required: ['items'] };
  }
  if (secretField === undefined) return row;
  const secret = { type: 'string', description: 'Shown this once' };
  return { allOf: [row, { type: 'object', properties: { [secretField]: secret } }] };
}

function schemas(): Record<string, JsonSchema> {
  const rows = Object.values(adminResources).map(({ id, fields }) => [schemaName(id), outputSchema(fields)]);
  const field = { type: 'object', properties: { field: { type: 'string' }, message: { type: 'string' } } };
  const text = { type: 'string' };
  const properties = { type: text, title: text, status: { type: 'integer' }, detail: text, traceId: text };
  return {
    ...(Object.fromEntries(rows) as Record<string, JsonSchema>),
    Problem: {
      type: 'object',
      properties: { ...properties, errors: { type: 'array', items: field } },
      required: Object.keys(properties),
    },
  };
}

function securityScheme(issuer: string): JsonSchema {
  const scopes = Object.fromEntries(adminResource(issuer).scopes.map(({ name, description }) => [name, description]));
  const flow = { authorizationUrl: `${issuer}/authorize`, tokenUrl: `${issuer}/token`, refreshUrl: `${issuer}/token` };
  const description = `With PKCE (S256) and resource=${adminResource(issuer).resource}.`;
  return { type: 'oauth2', description, flows: { authorizationCode: { ...flow, scopes } } };
}

function parameter(place: string, name: string, schema: JsonSchema, description?: string): JsonSchema {
  const told = description === undefined ? {} : { description };
  return { name, in: place, ...(place === 'path' && { required: true }), ...told, schema };
}

/** `signing-keys` → `SigningKeysRow`. */
function schemaName(resource: string): string {
  return `${resource.replace(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase())}Row`;
}

function reference(name: string): JsonSchema {
  return { $ref: `#/components/schemas/${name}` };
}

function json(schema: JsonSchema): JsonSchema {
  return { 'application/json': { schema } };
}
