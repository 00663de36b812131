import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { StartError } from './start-error.ts';

export interface Options {
  /** First port; 0 takes any free one. @default 8787 */
  readonly port: number;
  /** Absolute path of the state folder. @default .gatehouse */
  readonly state: string;
  /** Begin with an empty state. @default false */
  readonly fresh: boolean;
  /** Absolute path of the CDK app, or of a folder that holds a synthesized assembly. @default bin/gatehouse.ts */
  readonly app: string;
  readonly log: 'text' | 'json' | 'off';
}

/**
 * Reads the command line (`--state <dir>`, `--fresh`, `--app <file>`) and the environment (`PORT`, `GATEHOUSE_LOG`).
 * @throws StartError naming what is wrong
 */
export function readOptions(args: readonly string[], env: Readonly<Record<string, string | undefined>>): Options {
  const values = parse(args);
  const port = Number(env.PORT ?? '8787');
  if (!Number.isInteger(port) || port < 0 || port > 65535) {
    throw new StartError(`PORT is "${env.PORT ?? ''}": give a number from 0 (any free port) to 65535`);
  }
  const log = env.GATEHOUSE_LOG ?? 'text';
  if (log !== 'text' && log !== 'json' && log !== 'off') {
    throw new StartError(`GATEHOUSE_LOG is "${log}": give text, json or off`);
  }
  return {
    port,
    state: resolve(values.state ?? '.gatehouse'),
    fresh: values.fresh ?? false,
    app: resolve(values.app ?? 'bin/gatehouse.ts'),
    log,
  };
}

function parse(args: readonly string[]): { state?: string; fresh?: boolean; app?: string } {
  try {
    const options = { state: { type: 'string' }, fresh: { type: 'boolean' }, app: { type: 'string' } } as const;
    return parseArgs({ args: [...args], options }).values;
  } catch (error) {
    const [reason] = (error as Error).message.split('. ');
    throw new StartError(`${reason ?? ''}; known: --state <dir>, --fresh, --app <file>`);
  }
}
