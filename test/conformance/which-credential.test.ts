import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, expect, inject, onTestFinished, test } from 'vitest';
import { findAccessibilityViolations, launchBrowser } from '../rig/browser.ts';
import { CommandLine } from '../rig/command-line.ts';
import { nodeBinary } from '../rig/gatehouse.ts';
import { Person } from '../rig/person.ts';

const { baseUrl } = inject('gatehouse');
const browser = await launchBrowser();
afterAll(() => browser?.close());
const script = new URL('../../cli/gatehouse.mjs', import.meta.url).pathname;

const decoded = (text: string) =>
  text.replace(
    /&(amp|lt|gt|quot|#39);/g,
    (_, name: string) => ({ amp: '&', lt: '<', gt: '>', quot: '"' })[name] ?? "'",
  );

/** What the page gives to copy for a case. */
async function blocksOf(id: string): Promise<readonly string[]> {
  const page = await (await fetch(`${baseUrl}/which-credential`)).text();
  const section = new RegExp(`<section id="${id}">([\\s\\S]*?)</section>`).exec(page)?.[1] ?? '';
  return [...section.matchAll(/<pre><code>([\s\S]*?)<\/code><\/pre>/g)].map(([, code = '']) => decoded(code));
}

/** Pastes a block into a shell. */
async function paste(home: string, block = '', env: Readonly<Record<string, string>> = {}) {
  // npx as it works in a checkout, without its own second.
  const npx = `npx() { shift; "${nodeBinary()}" "${script}" "$@"; }`;
  const all = { PATH: process.env['PATH'] ?? '', HOME: home, ...env };
  return promisify(execFile)('bash', ['-c', `${npx}\n${block}`], { env: all, cwd: home });
}

test('F-B8 what the page gives to copy works as it stands', async () => {
  const home = new CommandLine();
  onTestFinished(() => home.remove());
  expect(await home.signIn(['admin', 'login', '--url', baseUrl], new Person('admin'))).toMatchObject({ code: 0 });

  const [makeKey, useKey] = await blocksOf('automation');
  const key = (await paste(home.home, makeKey)).stdout.trim();
  expect(key).toMatch(/^gh_dev_/);
  expect((await paste(home.home, useKey, { GATEHOUSE_KEY: key })).stdout).toContain('list_todos');

  const [makeMachine, getToken] = await blocksOf('machine');
  const machine = await paste(home.home, makeMachine);
  const secrets = {
    CLIENT_ID: /^Client id +(\S+)$/m.exec(machine.stderr)?.[1] ?? '',
    CLIENT_SECRET: machine.stdout.trim(),
  };
  const { access_token: token } = JSON.parse((await paste(home.home, getToken, secrets)).stdout) as {
    access_token: string;
  };
  const [, useToken] = await blocksOf('token');
  expect((await paste(home.home, useToken, { TOKEN: token })).stdout).toContain('list_todos');
});

test.skipIf(!browser)('F-B8 the page is accessible in light, dark and on a phone', async () => {
  if (!browser) return;
  const page = await browser.newPage();
  await page.goto(`${baseUrl}/which-credential`);
  expect(await findAccessibilityViolations(page)).toEqual([]);
  await page.getByRole('link', { name: 'CI, a nightly job, a program' }).click();
  expect(new URL(page.url()).hash).toBe('#automation');
});
