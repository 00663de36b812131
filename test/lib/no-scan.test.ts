import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { tableAccess } from '../../lambdas/contract/tables.ts';

const root = new URL('../../', import.meta.url).pathname;
// Each app listens for the end of the process.
process.setMaxListeners(50);
const out = mkdtempSync(join(tmpdir(), 'no-scan-'));
afterAll(() => rmSync(out, { recursive: true, force: true }));

interface Statement {
  readonly Action?: string | readonly string[];
  readonly NotAction?: unknown;
}
interface Template {
  readonly Resources: Readonly<Record<string, { readonly Type: string; readonly Properties?: unknown }>>;
}

/** Every app that is tested, and the one that teams edit. What only exports props is none. */
const apps = globSync(['bin/gatehouse.ts', 'test/apps/*.ts'], { cwd: root })
  .filter((path) => readFileSync(join(root, path), 'utf8').includes('.synth()'))
  // The rules of cdk-nag take long and change no statement.
  .filter((path) => basename(path) !== 'nag.ts')
  .sort();

async function synthesized(app: string): Promise<readonly Template[]> {
  const folder = join(out, basename(app, '.ts'));
  process.env['CDK_OUTDIR'] = folder;
  await import(join(root, app));
  const files = globSync('*.template.json', { cwd: folder });
  return files.map((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as Template);
}

/** Statements of all policies that roles can have, wherever in the template they stand. */
function statementsIn(value: unknown): readonly Statement[] {
  if (typeof value !== 'object' || value === null) return [];
  const { Statement: own } = value as { Statement?: unknown };
  const here = own === undefined ? [] : ([own].flat() as Statement[]);
  return [...here, ...Object.values(value).flatMap(statementsIn)];
}

describe('no list reads a whole table', () => {
  test('there are apps to look at', () => {
    expect(apps.length).toBeGreaterThan(5);
  });

  test.each(apps)('no role of %s may scan, or has a wildcard among its actions', async (app) => {
    const templates = await synthesized(app);
    const resources = templates.flatMap(({ Resources }) => Object.values(Resources));
    const policies = resources.filter(({ Type }) => /^AWS::IAM::(Policy|Role|ManagedPolicy)$/.test(Type));
    const statements = policies.flatMap(({ Properties }) => statementsIn(Properties));
    expect(statements.length).toBeGreaterThan(20);
    expect(statements.filter(({ NotAction }) => NotAction !== undefined)).toEqual([]);
    const actions = statements.flatMap(({ Action = [] }) => Action);
    expect(actions).toContain('dynamodb:Query');
    // Wildcards would allow it too.
    expect(actions.filter((action) => /scan|partiql|\*/i.test(action))).toEqual([]);
  });

  test('the contract has no word for it, and no function says it', () => {
    expect(JSON.stringify(tableAccess)).not.toMatch(/scan/i);
    const sources = globSync(['lambdas/**/*.ts', 'lib/**/*.ts'], { cwd: root });
    expect(sources.length).toBeGreaterThan(200);
    const says = sources.filter((path) =>
      /\bScan(Command)?\b(?!IndexForward)|dynamodb:Scan|ExecuteStatement/.test(readFileSync(join(root, path), 'utf8')),
    );
    expect(says).toEqual([]);
  });
});
