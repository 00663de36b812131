import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { StartError } from './start-error.ts';

/** What a running runner writes down for other programs; removed when it stops. */
export interface RunnerFile {
  readonly pid: number;
  readonly port: number;
  /** Port of `GET /local`, `POST /local/schedules/<id>` and `POST /local/sweep`. */
  readonly controlPort: number;
  readonly awsEndpoint: string;
  /** Access key id with which the AWS endpoint lets its caller do everything; any secret goes with it. */
  readonly operatorKeyId: string;
}

export interface StateFolder {
  readonly path: string;
  /** Random key of this folder, from which generated secrets derive. */
  readonly secretKey: Buffer;
  file(name: string): string;
  announce(runner: RunnerFile): void;
  /** Takes the announcement back. */
  leave(): void;
}

/** Everything that the runner keeps; `--fresh` removes these and nothing else. */
const kept = [
  'aws',
  'cdk.out',
  'custom-resources.json',
  'identity-provider',
  'package.json',
  'runner.json',
  'secret.key',
];

/**
 * Opens the state folder, readable by its owner only.
 * @throws StartError where another runner uses it
 */
export async function openStateFolder(path: string, fresh: boolean): Promise<StateFolder> {
  const file = (name: string): string => join(path, name);
  mkdirSync(path, { recursive: true, mode: 0o700 });
  const other = await runningIn(file('runner.json'));
  if (other !== undefined) {
    throw new StartError(`${path} is used by the runner with process id ${other}: stop it, or give --state <dir>`);
  }
  if (fresh) for (const name of kept) rmSync(file(name), { recursive: true, force: true });
  // Bundles under this folder must not inherit the module type of a package above it.
  writeFileSync(file('package.json'), '{}\n');
  if (!existsSync(file('secret.key'))) writeFileSync(file('secret.key'), randomBytes(32), { mode: 0o600 });
  return {
    path,
    secretKey: readFileSync(file('secret.key')),
    file,
    announce: (runner) => writeFileSync(file('runner.json'), `${JSON.stringify(runner)}\n`, { mode: 0o600 }),
    leave: () => rmSync(file('runner.json'), { force: true }),
  };
}

/** Process id of the runner that announced itself here, if it still answers. */
async function runningIn(path: string): Promise<number | undefined> {
  if (!existsSync(path)) return undefined;
  try {
    const { controlPort } = JSON.parse(readFileSync(path, 'utf8')) as RunnerFile;
    const response = await fetch(`http://127.0.0.1:${controlPort}/local`, { signal: AbortSignal.timeout(500) });
    return ((await response.json()) as { pid?: number }).pid;
  } catch {
    return undefined;
  }
}
