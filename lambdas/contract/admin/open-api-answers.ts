import type { JsonSchema } from './open-api-fields.ts';
import { outputSchema } from './open-api-fields.ts';
import type { AdminOperation } from './operation.ts';
import { adminResources } from './resources.ts';

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

/** What an operation answers, and how it refuses. */
export function responsesOf(operation: AdminOperation, hasBody: boolean): JsonSchema {
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

/** A schema for a row of each resource, and that of problem details. */
export function componentSchemas(): Record<string, JsonSchema> {
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
