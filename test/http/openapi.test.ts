import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { routes } from '../../lambdas/contract/routes.ts';
import { openApi } from '../../docs/openapi.ts';

interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly parameters?: readonly { name: string; in: string; required?: boolean; schema: unknown }[];
  readonly responses: Record<string, { description: string; content?: Record<string, { schema: unknown }> }>;
}

const written = JSON.parse(readFileSync('docs/openapi.json', 'utf8')) as {
  openapi: string;
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, unknown> };
};
const operations = Object.entries(written.paths).flatMap(([path, item]) =>
  Object.entries(item).map(([method, operation]) => ({ path, method, operation })),
);

test('docs/openapi.json says what the route table says; `npm run docs` renews it', () => {
  expect(written).toEqual(JSON.parse(JSON.stringify(openApi())));
});

describe('docs/openapi.json', () => {
  test('is OpenAPI 3.1 and has every route once', () => {
    expect(written.openapi).toMatch(/^3\.1\./);
    const listed = operations.map(({ path, method }) => `${method.toUpperCase()} ${path}`);
    expect(listed.sort()).toEqual(routes.map(({ method, path }) => `${method} ${path.replace('+}', '}')}`).sort());
  });

  test('has unique operation ids', () => {
    const ids = operations.map(({ operation }) => operation.operationId);
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(/^[a-z]\w+$/);
  });

  test.each(operations)('$method $path names its path parameters and what it answers', ({ path, operation }) => {
    const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
    const given = operation.parameters?.filter((parameter) => parameter.in === 'path') ?? [];
    expect(given.map(({ name }) => name)).toEqual(named);
    expect(given.every(({ required }) => required)).toBe(true);
    expect(operation.summary.length).toBeGreaterThan(5);
    const statuses = Object.keys(operation.responses);
    expect(statuses.length).toBeGreaterThan(0);
    for (const status of statuses) expect(status).toMatch(/^[2-5]\d\d$/);
  });

  test('refers only to what it holds', () => {
    const references = [...JSON.stringify(written).matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)];
    expect(references.length).toBeGreaterThan(5);
    for (const [, name = ''] of references) expect(written.components.schemas).toHaveProperty(name);
  });
});
