import type { ChildProcess } from 'node:child_process';
import { fork } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { FunctionSpec } from './function-spec.ts';
import type { FromInstance, FunctionError, ToInstance } from './messages.ts';

/** How an invocation ended. */
export type Outcome =
  | { readonly kind: 'result'; readonly payload: string }
  | { readonly kind: 'error'; readonly error: FunctionError }
  | { readonly kind: 'timeout' };

export interface LogEvent {
  readonly functionName: string;
  /** Request id of API Gateway, or of the invocation. */
  readonly traceId: string;
  readonly level: string;
  readonly text: string;
}

export interface Invocation {
  readonly requestId: string;
  readonly traceId: string;
  readonly event: string;
  onChunk(data: Uint8Array): void;
}

/** One process of a function. It takes one invocation at a time. */
export interface Instance {
  /** Whether it can take an invocation now. */
  readonly idle: () => boolean;
  /** Epoch milliseconds of its last start or end of work. */
  readonly lastUsed: () => number;
  readonly alive: () => boolean;
  invoke(invocation: Invocation): Promise<Outcome>;
  stop(): void;
}

const bootstrap = fileURLToPath(new URL('./bootstrap.ts', import.meta.url));

/** Starts a process of the function; it loads the bundle at once. */
export function startInstance(spec: FunctionSpec, log: (event: LogEvent) => void): Instance {
  const child = fork(bootstrap, [], {
    cwd: spec.folder,
    env: spec.environment,
    execArgv: [],
    serialization: 'advanced',
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let alive = true;
  let lastUsed = Date.now();
  let current: { invocation: Invocation; settle: (outcome: Outcome) => void } | undefined;
  // What a function prints may arrive after its answer: it still belongs to that invocation.
  let traceId = '-';
  const settle = (outcome: Outcome): void => {
    lastUsed = Date.now();
    current?.settle(outcome);
    current = undefined;
  };
  const write = (level: string, text: string): void => log({ functionName: spec.name, traceId, level, text });
  readLines(child, write);
  child.on('message', (message: FromInstance) => {
    if (message.kind === 'chunk') current?.invocation.onChunk(message.data);
    if (message.kind === 'log') write(message.level, message.text);
    if (message.kind === 'error') {
      // The word with which an authorizer refuses is no failure, and authorizers say themselves why.
      if (message.error.errorMessage !== 'Unauthorized') write('error', describe(message.error));
      alive = alive && !message.fatal;
    }
    if (message.kind === 'error' || message.kind === 'result') settle(message);
  });
  child.on('exit', (code, signal) => {
    alive = false;
    settle({ kind: 'error', error: exitError(code, signal) });
  });
  child.on('error', (error) => write('error', error.message));

  return {
    idle: () => alive && current === undefined,
    lastUsed: () => lastUsed,
    alive: () => alive,
    // An instance keeps nothing, so nothing is lost by the hard way.
    stop: () => void child.kill('SIGKILL'),
    invoke: (invocation) =>
      new Promise((resolve) => {
        const deadline = Date.now() + spec.timeout * 1000;
        const timer = setTimeout(() => {
          write('error', `Task timed out after ${spec.timeout.toFixed(2)} seconds`);
          settle({ kind: 'timeout' });
          // As in Lambda, an instance that ran out of time is not used again.
          alive = false;
          child.kill('SIGKILL');
        }, spec.timeout * 1000);
        traceId = invocation.traceId;
        current = {
          invocation,
          settle: (outcome) => {
            clearTimeout(timer);
            resolve(outcome);
          },
        };
        const { requestId, event } = invocation;
        child.send({ kind: 'invoke', requestId, event, deadline } satisfies ToInstance, () => {});
      }),
  };
}

function readLines(child: ChildProcess, write: (level: string, text: string) => void): void {
  if (child.stdout) createInterface({ input: child.stdout }).on('line', (line) => write('info', line));
  if (child.stderr) createInterface({ input: child.stderr }).on('line', (line) => write('error', line));
}

function describe(error: FunctionError): string {
  return error.trace?.join('\n') ?? `${error.errorType}: ${error.errorMessage}`;
}

function exitError(code: number | null, signal: NodeJS.Signals | null): FunctionError {
  return {
    errorType: 'Runtime.ExitError',
    errorMessage: `Runtime exited ${signal ? `by signal ${signal}` : `with code ${code ?? 0}`}`,
  };
}
