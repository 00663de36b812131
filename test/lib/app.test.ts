import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { settingsSchema } from '../../lambdas/contract/settings.ts';
import { nodeBinary } from '../rig/gatehouse.ts';

const root = new URL('../../', import.meta.url).pathname;
const folders: string[] = [];

afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

/** Synthesizes an app as `cdk` does, but with nothing in the environment. */
function run(app: string): { status: number | null; said: string; folder: string } {
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-app-'));
  folders.push(folder);
  const env = { PATH: '/usr/bin:/bin', HOME: folder, CDK_OUTDIR: folder };
  const { status, stdout, stderr } = spawnSync(nodeBinary(), [app], { cwd: root, env, encoding: 'utf8' });
  return { status, said: stdout + stderr, folder };
}

describe('bin/gatehouse.ts', () => {
  const first = run('bin/gatehouse.ts');

  test('synthesizes without credentials, without a warning', () => {
    expect(first).toMatchObject({ status: 0, said: '' });
    expect(readdirSync(first.folder)).toContain('Gatehouse.template.json');
  });

  test('the same content gives the same assets', () => {
    const assets = (folder: string): string[] => readdirSync(folder).filter((name) => name.startsWith('asset.'));
    const second = run('bin/gatehouse.ts');
    expect(assets(second.folder)).toEqual(assets(first.folder));
    expect(assets(first.folder)).toHaveLength(11);
  });

  test('each asset is one module and the settings that its function reads', () => {
    for (const asset of readdirSync(first.folder).filter((name) => name.startsWith('asset.'))) {
      expect(readdirSync(join(first.folder, asset)).sort()).toEqual(['index.mjs', 'settings.json']);
      const settings: unknown = JSON.parse(readFileSync(join(first.folder, asset, 'settings.json'), 'utf8'));
      expect(settingsSchema.parse(settings).servers[0]?.path).toBe('/mcp');
    }
  });
});

test('edge none synthesizes too', () => {
  expect(run('test/apps/edge-none.ts')).toMatchObject({ status: 0, said: '' });
});

test('cdk-nag AwsSolutions finds nothing that was not acknowledged with a reason', () => {
  expect(run('test/apps/nag.ts')).toMatchObject({ status: 0, said: '' });
});
