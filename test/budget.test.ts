import { globSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { describe, expect, test } from 'vitest';
import type { tableAccess } from '../lambdas/contract/tables.ts';
import { bundle } from '../lib/bundle.ts';

/**
 * What a bundle may weigh, in KiB, minified: about 5 % above what it does today. A kilobyte is read and compiled at
 * every cold start, so growth is to be a decision.
 */
const budgets = {
  discovery: 120,
  // The tables and routes of administration, which every function reads its own part of.
  registration: 120,
  // Sign-in for our own pages, and what was taken back since, are 6 of it.
  interaction: 235,
  token: 200,
  // API keys beside tokens are 6 of it.
  guard: 113,
  // The MCP SDK is 215, its zod 110.
  mcp: 395,
  account: 200,
  // The console's pages and stylesheet are 50, the table of operations 20.
  admin: 285,
  'key-rotation': 71,
  'client-registrar': 80,
  audit: 80,
} as const satisfies Record<keyof typeof tableAccess, number>;

/** Weight without use: what a careless import brings back. */
const forbidden = {
  'languages of zod': /zod\/.*locales\/(?!en\.)/,
  'credential providers but the environment': /credential-provider-(?!env)|token-providers|nested-clients/,
  'clients of the credential chain': /client-(sso|sso-oidc|sts|cognito-identity)\//,
  tracer: /powertools\/tracer|aws-xray-sdk/,
  'AWS SDK version 2': /node_modules\/aws-sdk\//,
  'the CDK': /node_modules\/(aws-cdk-lib|constructs)\//,
  'second validator of JSON Schema': /ajvProvider|node_modules\/ajv/,
  'fixture of the tests': /^test\//,
} as const;

/** The whole of zod is for the MCP SDK alone. */
const wholeZod = /zod\/v[34]\/classic|zod\/v3/;

const names = Object.keys(budgets) as (keyof typeof budgets)[];
const bundles = bundle(names.map((name) => `lambdas/${name}.ts`));

describe.each(names)('the bundle of %s', (name) => {
  const { code, metafile } = bundles.get(`lambdas/${name}.ts`)!;
  const inputs = Object.entries(metafile.inputs).flatMap(([path, { bytesInOutput }]) =>
    bytesInOutput > 0 ? path : [],
  );

  test(`weighs at most ${budgets[name]} KiB`, () => {
    expect(Math.ceil(code.byteLength / 1024)).toBeLessThanOrEqual(budgets[name]);
  });

  test.each(Object.entries(forbidden))('has no %s', (_, pattern) => {
    expect(inputs.filter((path) => pattern.test(path))).toEqual([]);
  });

  test('asks for nothing that is not in it but node: modules', () => {
    const asked = metafile.imports.filter(({ external }) => external).map(({ path }) => path);
    expect(asked.filter((path) => !isBuiltin(path))).toEqual([]);
  });
});

test.each(names.filter((name) => name !== 'mcp'))('%s takes zod/mini only', (name) => {
  const { inputs } = bundles.get(`lambdas/${name}.ts`)!.metafile;
  expect(Object.keys(inputs).filter((path) => wholeZod.test(path) && inputs[path]!.bytesInOutput > 0)).toEqual([]);
});

test.each([
  ['discovery', /@aws-sdk\/|@smithy\//],
  ['registration', /client-kms|client-secrets-manager|openid-client/],
  ['interaction', /client-kms/],
  ['token', /openid-client|oauth4webapi/],
  ['guard', /client-kms|client-secrets-manager|node_modules\/hono\//],
  ['mcp', /client-kms|client-secrets-manager|openid-client/],
] as const)('%s carries no client of a service that its role does not allow', (name, pattern) => {
  const { inputs } = bundles.get(`lambdas/${name}.ts`)!.metafile;
  expect(Object.keys(inputs).filter((path) => pattern.test(path) && inputs[path]!.bytesInOutput > 0)).toEqual([]);
});

test('nothing that is deployed names a fixture of the tests', () => {
  const naming = globSync(['bin/*.ts', 'lib/**/*.ts', 'lambdas/**/*.ts']).filter((path) =>
    /['"`/]test\/|conformance-server/.test(readFileSync(path, 'utf8')),
  );
  expect(naming).toEqual([]);
});
