import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { adminOperations } from '../../lambdas/contract/admin/index.ts';
import { adminOpenApi } from '../../lambdas/contract/admin/open-api.ts';
import { operationId } from '../../lambdas/contract/admin/operation.ts';
import { adminResources } from '../../lambdas/contract/admin/resources.ts';
import { issuer } from '../core/fixtures.ts';
import { administrator, call, tokensOf } from './admin-scene.ts';
import type { Desk } from './desk.ts';
import { startDesk } from './desk.ts';

interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly required?: boolean }[];
  readonly requestBody?: { readonly content: Record<string, { readonly schema: Record<string, unknown> }> };
  readonly responses: Record<string, { readonly description: string; readonly content: Record<string, unknown> }>;
  readonly security: readonly Record<string, readonly string[]>[];
}

const text = readFileSync('docs/admin-openapi.json', 'utf8');
const written = JSON.parse(text) as {
  readonly openapi: string;
  readonly paths: Record<string, Record<string, Operation>>;
  readonly components: { readonly schemas: Record<string, { readonly properties: Record<string, unknown> }> };
};
const rows = adminOperations.map((operation) => ({ id: operationId(operation), ...operation }));

test('F-D5 docs/admin-openapi.json says what the table says; `npm run docs` renews it', () => {
  expect(written).toEqual(JSON.parse(JSON.stringify(adminOpenApi('http://localhost:3000'))));
});

describe('F-D5 the OpenAPI document of the admin API', () => {
  test('is OpenAPI 3.1, has every row once, and nothing else', () => {
    expect(written.openapi).toMatch(/^3\.1\./);
    const listed = Object.entries(written.paths).flatMap(([path, item]) =>
      Object.entries(item).map(([method, operation]) => `${operation.operationId} ${method.toUpperCase()} ${path}`),
    );
    expect(listed.sort()).toEqual(rows.map(({ id, method, path }) => `${id} ${method} ${path}`).sort());
  });

  test.each(rows)('$id names its parameters, its body, its refusals and the scope that it needs', (row) => {
    const operation = written.paths[row.path]?.[row.method.toLowerCase()];
    if (!operation) throw new Error('missing');
    const named = operation.parameters ?? [];
    const inPath = named.filter((parameter) => parameter.in === 'path');
    expect(inPath.map(({ name, required }) => [name, required])).toEqual(
      row.path.includes('{key}') ? [['key', true]] : [],
    );
    const inQuery = named.filter((parameter) => parameter.in === 'query').map(({ name }) => name);
    const filters = row.method === 'GET' ? row.input.map(({ name }) => name) : [];
    expect(inQuery).toEqual([...filters, ...(row.answers === 'page' ? ['limit', 'cursor'] : [])]);
    const body = operation.requestBody?.content['application/json']?.schema;
    const members = row.method === 'GET' || row.input.length === 0 ? undefined : row.input.map(({ name }) => name);
    expect(body && Object.keys(body['properties'] as object)).toEqual(members);
    if (body) expect(body['additionalProperties']).toBe(false);
    expect(operation.security).toEqual([
      { oauth: [row.access === 'write' ? 'gatehouse:admin' : 'gatehouse:admin:read'] },
    ]);
    expect(Object.keys(operation.responses)).toEqual(expect.arrayContaining(['400', '401', '403', '404', '429']));
    for (const { description, content } of Object.values(operation.responses)) {
      expect(description.length).toBeGreaterThan(5);
      expect(Object.keys(content)).toHaveLength(1);
    }
  });

  test('refers only to what it holds, and has a row of each resource with its members', () => {
    const references = [...text.matchAll(/"\$ref": "#\/components\/schemas\/(\w+)"/g)].map(([, name = '']) => name);
    expect(references.length).toBeGreaterThan(20);
    for (const name of references) expect(written.components.schemas).toHaveProperty(name);
    const members = Object.values(written.components.schemas).map(({ properties }) => Object.keys(properties));
    for (const { fields } of Object.values(adminResources)) {
      expect(members).toContainEqual(fields.map(({ name }) => name));
    }
  });
});

describe('F-D5 GET /admin/openapi.json', () => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await startDesk();
  });
  afterAll(() => desk.stop());

  test('gives it to everybody, with the addresses of this deployment', async () => {
    const answer = await desk.admin.request(`${issuer}/admin/openapi.json`);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/json']);
    expect(await answer.json()).toEqual(JSON.parse(JSON.stringify(adminOpenApi(issuer))));
    expect(JSON.stringify(adminOpenApi(issuer))).not.toContain('localhost');
  });

  test('lists answer with members that it names, and with no other', async () => {
    const { access_token } = await tokensOf(desk, administrator());
    for (const row of rows.filter(({ answers }) => answers === 'page')) {
      const answer = await call(desk, 'GET', row.path, access_token);
      expect(answer.status, row.id).toBe(200);
      const { items, ...rest } = (await answer.json()) as { items: object[]; next?: string };
      expect(Object.keys(rest).filter((name) => name !== 'next')).toEqual([]);
      const known = adminResources[row.resource].fields.map(({ name }) => name);
      for (const item of items) expect(known, row.id).toEqual(expect.arrayContaining(Object.keys(item)));
    }
  });
});
