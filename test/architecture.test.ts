import { globSync } from 'node:fs';
import { build } from 'esbuild';
import { beforeAll, expect, test } from 'vitest';

/**
 * The one-way rule (docs/decisions/0001): which room may import which, and the packages that each may name.
 * `core ← contract ← http, mcp, adapters ← lambdas/*.ts`, `contract ← lib ← bin/gatehouse.ts`, `contract ← cli`,
 * `local ← bin/local.ts`.
 */
interface Room {
  readonly name: string;
  readonly holds: (path: string) => boolean;
  readonly mayImport: readonly string[];
  readonly packages: readonly RegExp[];
}

const lambdaRoom = (name: string, mayImport: readonly string[], packages: readonly RegExp[]): Room => ({
  name,
  holds: (path) => path.startsWith(`lambdas/${name}/`),
  mayImport: [name, ...mayImport],
  packages,
});

const rooms: readonly Room[] = [
  lambdaRoom('core', [], [/^jose$/, /^node:crypto$/]),
  lambdaRoom('contract', ['core'], [/^zod\/mini$/]),
  lambdaRoom('http', ['core', 'contract'], [/^hono(\/|$)/, /^zod\/mini$/, /^node:crypto$/]),
  lambdaRoom(
    'mcp',
    ['core', 'contract'],
    [/^@modelcontextprotocol\/server$/, /^hono(\/|$)/, /^zod\/mini$/, /^node:(crypto|stream.*|util)$/],
  ),
  lambdaRoom(
    'adapters',
    ['core', 'contract'],
    [
      /^@aws-sdk\//,
      /^@smithy\//,
      /^aws4fetch$/,
      /^openid-client$/,
      /^jose$/,
      /^zod\/mini$/,
      /^@aws-lambda-powertools\//,
      /^node:/,
    ],
  ),
  {
    name: 'entries',
    holds: (path) => /^lambdas\/[^/]+\.ts$/.test(path),
    mayImport: ['core', 'contract', 'http', 'mcp', 'adapters'],
    packages: [],
  },
  {
    name: 'lib',
    holds: (path) => path.startsWith('lib/'),
    mayImport: ['lib', 'contract'],
    packages: [/^aws-cdk-lib(\/|$)/, /^constructs$/, /^cdk-nag$/, /^esbuild$/, /^zod\/mini$/, /^node:/],
  },
  {
    name: 'app',
    holds: (path) => path === 'bin/gatehouse.ts',
    mayImport: ['lib'],
    packages: [/^aws-cdk-lib(\/|$)/, /^cdk-nag$/],
  },
  {
    name: 'local',
    holds: (path) => path.startsWith('local/'),
    mayImport: ['local'],
    packages: [/^node:/, /^dynalite$/, /^oidc-provider$/, /^@aws-sdk\//, /^jose$/],
  },
  {
    name: 'cli',
    holds: (path) => path.startsWith('cli/'),
    mayImport: ['cli', 'contract'],
    packages: [/^node:/, /^openid-client$/],
  },
  { name: 'runner', holds: (path) => path === 'bin/local.ts', mayImport: ['local'], packages: [/^node:/] },
];

interface Import {
  readonly from: string;
  readonly to: string;
  readonly external: boolean;
}

let imports: Import[] = [];

beforeAll(async () => {
  const entryPoints = globSync(['lambdas/**/*.ts', 'lib/**/*.ts', 'bin/*.ts', 'local/**/*.ts', 'cli/**/*.ts']);
  const { metafile } = await build({
    entryPoints,
    bundle: true,
    write: false,
    metafile: true,
    outdir: 'unused',
    platform: 'node',
    format: 'esm',
    packages: 'external',
    logLevel: 'error',
  });
  imports = Object.entries(metafile.inputs).flatMap(([from, input]) =>
    input.imports.map((found) => ({ from, to: found.path, external: found.external === true })),
  );
  expect(imports.length).toBeGreaterThan(50);
});

function roomOf(path: string): Room {
  const room = rooms.find((candidate) => candidate.holds(path));
  if (!room) throw new Error(`${path} stands in no room`);
  return room;
}

test('imports between rooms go one way', () => {
  const wrong = imports
    .filter((edge) => !edge.external && !roomOf(edge.from).mayImport.includes(roomOf(edge.to).name))
    .map((edge) => `${edge.from} must not import ${edge.to}`);
  expect(wrong).toEqual([]);
});

test('each room names only its packages', () => {
  const wrong = imports
    .filter((edge) => edge.external && !roomOf(edge.from).packages.some((allowed) => allowed.test(edge.to)))
    .map((edge) => `${edge.from} must not import ${edge.to}`);
  expect(wrong).toEqual([]);
});

test('the command line knows the table of operations and nothing else of the server', () => {
  const known = imports
    .filter((edge) => !edge.external && edge.from.startsWith('cli/') && !edge.to.startsWith('cli/'))
    .map((edge) => edge.to);
  expect(known.length).toBeGreaterThan(0);
  expect(known.filter((path) => !path.startsWith('lambdas/contract/admin/'))).toEqual([]);
});

test('core reads no clock, no randomness and no environment of its own', async () => {
  const { readFileSync } = await import('node:fs');
  const forbidden =
    /\bDate\.now\b|\bnew Date\(\)|\bMath\.random\b|\brandomBytes\b|\brandomUUID\b|\bprocess\.|\bfetch\(/;
  const wrong = globSync('lambdas/core/**/*.ts').filter((path) =>
    forbidden.test(withoutComments(readFileSync(path, 'utf8'))),
  );
  expect(wrong).toEqual([]);
});

test('an entry is a wire, not a room: at most 20 lines', async () => {
  const { readFileSync } = await import('node:fs');
  const long = globSync('lambdas/*.ts').filter((path) => readFileSync(path, 'utf8').trimEnd().split('\n').length > 20);
  expect(long).toEqual([]);
});

test('no file is longer than 200 lines', async () => {
  const { readFileSync } = await import('node:fs');
  const long = globSync(['lambdas/**/*.ts', 'lib/**/*.ts', 'bin/*.ts', 'local/**/*.ts', 'cli/**/*.ts'])
    .map((path) => ({ path, lines: readFileSync(path, 'utf8').trimEnd().split('\n').length }))
    .filter((file) => file.lines > 200);
  expect(long).toEqual([]);
});

function withoutComments(source: string): string {
  return source.replace(/\/\*[\s\S]*?\*\//g, '').replace(/\/\/.*$/gm, '');
}
