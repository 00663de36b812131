import type { ChildProcess } from 'node:child_process';
import { execFileSync, spawn } from 'node:child_process';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeAll, expect, test } from 'vitest';
import { editTemplate, synthesizeFixture, temporaryFolder } from './synthesize-fixture.ts';

/** The contract of `npm start`, seen from outside. */
const program = join(import.meta.dirname, '../../bin/local.ts');
const started: ChildProcess[] = [];
let app: string;

beforeAll(async () => {
  app = await synthesizeFixture();
});

afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL');
});

interface Ready {
  readonly baseUrl: string;
  readonly statePath: string;
}

function start(args: readonly string[], env: Record<string, string> = {}) {
  const child = spawn(process.execPath, [program, ...args], {
    env: { ...process.env, PORT: '0', GATEHOUSE_READY: 'json', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  started.push(child);
  const out = { text: '', errors: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out.text += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (out.errors += text));
  const exit = new Promise<number | null>((resolve) => child.on('close', resolve));
  const ready = async (): Promise<Ready> => {
    await expect.poll(() => out.text + out.errors, { timeout: 20_000, interval: 50 }).toMatch(/^\{"ready"/m);
    return JSON.parse(/^\{"ready".*$/m.exec(out.text)?.[0] ?? '') as Ready;
  };
  return { child, out, exit, ready };
}

/** Process ids of a process's children and their children. */
function descendants(pid: number): number[] {
  const rows = execFileSync('ps', ['-e', '-o', 'pid=,ppid='], { encoding: 'utf8' }).trim().split('\n');
  const pairs = rows.map((row) => row.trim().split(/\s+/).map(Number));
  const children = pairs.filter(([, parent]) => parent === pid).map(([child]) => child ?? 0);
  return children.flatMap((child) => [child, ...descendants(child)]);
}

/** A zombie is dead: only its parent has not looked yet. */
function isAlive(pid: number): boolean {
  const rows = execFileSync('ps', ['-e', '-o', 'pid=,stat='], { encoding: 'utf8' }).split('\n');
  return rows.some((row) => new RegExp(`^\\s*${pid}\\s+[^Z]`).test(row));
}

test('a port in use is one line that names it and the cure, and exit code 1', async () => {
  const blocker = createServer();
  await new Promise<void>((resolve) => blocker.listen(0, '127.0.0.1', resolve));
  const { port } = blocker.address() as { port: number };
  const { exit, out } = start(['--app', app, '--state', temporaryFolder()], { PORT: String(port) });
  expect(await exit).toBe(1);
  expect(out.errors).toBe(
    `gatehouse: port ${port} is in use: stop what listens there, or set PORT (0 takes any free port)\n`,
  );
  blocker.close();
});

test.each([
  [['--nonsense'], {}, /^gatehouse: Unknown option '--nonsense'; known: --state <dir>, --fresh, --app <file>\n$/],
  [[], { PORT: 'many' }, /^gatehouse: PORT is "many": .*\n$/],
  [[], { GATEHOUSE_LOG: 'loud' }, /^gatehouse: GATEHOUSE_LOG is "loud": .*\n$/],
  [['--app', 'nowhere.ts'], {}, /^gatehouse: no CDK app at nowhere.ts: give --app <file>\n$/],
])('wrong use is one line: %j %j', async (args, env, line) => {
  const { exit, out } = start(['--state', temporaryFolder(), ...args], env);
  expect(await exit).toBe(1);
  expect(out.errors).toMatch(line);
});

test('a failed synthesis shows what the app printed, then one line', async () => {
  const folder = temporaryFolder();
  const broken = join(folder, 'broken.ts');
  writeFileSync(broken, "throw new Error('no such prop');\n");
  const { exit, out } = start(['--app', broken, '--state', folder]);
  expect(await exit).toBe(1);
  expect(out.errors).toContain('no such prop');
  expect(out.errors.trimEnd().split('\n').at(-1)).toMatch(/^gatehouse: synthesis of .*broken\.ts failed/);
});

test('a custom resource that fails fails the start with its reason, and leaves no child', async () => {
  const failing = join(temporaryFolder(), 'cdk.out');
  cpSync(app, failing, { recursive: true });
  editTemplate(failing, (template) => template.replace('"fail": false', '"fail": true'));
  const { exit, out } = start(['--app', failing, '--state', temporaryFolder()]);
  expect(await exit).toBe(1);
  expect(out.errors).toBe('gatehouse: custom resource Made (Custom::Made) failed: it was asked to fail\n');
});

test('one interrupt stops every child; a restart keeps the state and asks custom resources nothing again', async () => {
  const state = temporaryFolder();
  const first = start(['--app', app, '--state', state]);
  const { baseUrl } = await first.ready();
  await fetch(`${baseUrl}/things`);
  const children = descendants(first.child.pid ?? 0);
  expect(children.length).toBeGreaterThan(1);
  const before = readFileSync(join(state, 'custom-resources.json'), 'utf8');
  first.child.kill('SIGINT');
  expect(await first.exit).toBe(0);
  expect(children.filter(isAlive)).toEqual([]);

  editTemplate(app, (template) => template.replace('"number": 7', '"number": 8'));
  const second = start(['--app', app, '--state', state]);
  await second.ready();
  const after = JSON.parse(readFileSync(join(state, 'custom-resources.json'), 'utf8'));
  expect(JSON.parse(before).Made.data).toEqual({ greeting: 'Create:7' });
  expect(after.Made).toMatchObject({ physicalId: 'made-once', data: { greeting: 'Update:8' } });
});

test('the state folder belongs to one runner at a time', async () => {
  const state = temporaryFolder();
  const first = start(['--app', app, '--state', state]);
  await first.ready();
  const second = start(['--app', app, '--state', state]);
  expect(await second.exit).toBe(1);
  expect(second.out.errors).toBe(
    `gatehouse: ${state} is used by the runner with process id ${first.child.pid}: stop it, or give --state <dir>\n`,
  );
});

test('kill -9 of the runner leaves no child behind', async () => {
  const runner = start(['--app', app, '--state', temporaryFolder()]);
  const { baseUrl } = await runner.ready();
  await fetch(`${baseUrl}/things`);
  const children = descendants(runner.child.pid ?? 0);
  runner.child.kill('SIGKILL');
  await expect.poll(() => children.filter(isAlive), { timeout: 5000 }).toEqual([]);
});
