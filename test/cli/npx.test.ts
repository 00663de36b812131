import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { version } from '../../cli/version.ts';

const root = new URL('../../', import.meta.url).pathname;
/** As a newcomer's shell has it: what npm puts in front for its scripts is not there. */
const path = (process.env['PATH'] ?? '')
  .split(delimiter)
  .filter((folder) => !folder.includes('node_modules'))
  .join(delimiter);

async function outputOf(command: string, words: readonly string[]): Promise<string> {
  const home = mkdtempSync(join(tmpdir(), 'gatehouse-npx-'));
  onTestFinished(() => rmSync(home, { recursive: true, force: true }));
  const env = { PATH: path, HOME: home, npm_config_cache: join(home, 'npm'), npm_config_offline: 'true' };
  const { stdout } = await promisify(execFile)(command, words, { cwd: root, env });
  return stdout.trim();
}

test('F-B7 npx gatehouse runs this package, without a registry and with whatever Node is in the PATH', async () => {
  expect(await outputOf('npx', ['gatehouse', '--version'])).toBe(version());
});

test('F-B7 so does the script itself', async () => {
  expect(await outputOf('cli/gatehouse.mjs', ['--version'])).toBe(version());
  expect(await outputOf('node', ['cli/gatehouse.mjs', '--version'])).toBe(version());
});
