/**
 * Runs inside each function instance, in place of Lambda's own runtime: loads the bundle, takes one event at a time
 * from the runner and gives back what the handler returned, threw or streamed. Ends with its runner.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { pathToFileURL } from 'node:url';
import { format } from 'node:util';
import type { FromInstance, FunctionError, ToInstance } from './messages.ts';

type Handler = (event: unknown, contextOrStream: unknown, context?: unknown) => unknown;

const streaming = Symbol('streaming handler');
const channel = process.send?.bind(process);

/** @param done called when the runner has taken the message, so that a fast stream waits for a slow reader */
function tell(message: FromInstance, done: () => void = () => {}): void {
  if (process.connected) channel?.(message, undefined, undefined, () => done());
}

class ResponseStream extends Writable {
  #prelude: string | undefined;

  setContentType(_contentType: string): void {}

  /** Sends the response metadata before the first byte, as API Gateway expects it: JSON, then eight NUL bytes. */
  static from(stream: ResponseStream, metadata: unknown): ResponseStream {
    stream.#prelude = `${JSON.stringify(metadata)}${'\0'.repeat(8)}`;
    return stream;
  }

  #sendPrelude(): void {
    if (this.#prelude === undefined) return;
    tell({ kind: 'chunk', data: Buffer.from(this.#prelude) });
    this.#prelude = undefined;
  }

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.#sendPrelude();
    tell({ kind: 'chunk', data: chunk }, done);
  }

  override _final(done: () => void): void {
    this.#sendPrelude();
    done();
  }
}

Object.assign(globalThis, {
  awslambda: {
    streamifyResponse: (handler: Handler) => Object.assign(handler, { [streaming]: true }),
    HttpResponseStream: { from: (stream: ResponseStream, metadata: unknown) => ResponseStream.from(stream, metadata) },
  },
});

for (const level of ['trace', 'debug', 'info', 'log', 'warn', 'error'] as const) {
  console[level] = (...parts: unknown[]) => {
    tell({ kind: 'log', level: level === 'log' ? 'info' : level, text: format(...parts) });
  };
}

async function loadHandler(): Promise<Handler> {
  const [, file = 'index', name = 'handler'] = /^(.*)\.([^.]+)$/.exec(process.env._HANDLER ?? '') ?? [];
  const path = ['.mjs', '.cjs', '.js'].map((ending) => join(process.cwd(), `${file}${ending}`)).find(existsSync);
  if (!path) throw Object.assign(new Error(`Cannot find module '${file}'`), { name: 'Runtime.ImportModuleError' });
  const loaded = (await import(pathToFileURL(path).href)) as Record<string, unknown>;
  const handler = loaded[name] ?? (loaded.default as Record<string, unknown> | undefined)?.[name];
  if (typeof handler === 'function') return handler as Handler;
  throw Object.assign(new Error(`${file}.${name} is undefined or not exported`), { name: 'Runtime.HandlerNotFound' });
}

function reported(thrown: unknown): FunctionError {
  if (!(thrown instanceof Error)) return { errorType: typeof thrown, errorMessage: String(thrown) };
  return { errorType: thrown.name, errorMessage: thrown.message, trace: (thrown.stack ?? '').split('\n') };
}

function contextOf(message: ToInstance): Record<string, unknown> {
  const name = process.env.AWS_LAMBDA_FUNCTION_NAME ?? '';
  return {
    awsRequestId: message.requestId,
    functionName: name,
    functionVersion: '$LATEST',
    invokedFunctionArn: process.env.LOCAL_FUNCTION_ARN ?? name,
    memoryLimitInMB: process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    logGroupName: process.env.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: process.env.AWS_LAMBDA_LOG_STREAM_NAME,
    callbackWaitsForEmptyEventLoop: true,
    getRemainingTimeInMillis: () => Math.max(0, message.deadline - Date.now()),
  };
}

async function answer(handler: Handler, message: ToInstance): Promise<void> {
  const event: unknown = JSON.parse(message.event);
  const context = contextOf(message);
  if (!(streaming in handler)) {
    const value = await handler(event, context);
    tell({ kind: 'result', payload: JSON.stringify(value) ?? 'null' });
    return;
  }
  const stream = new ResponseStream();
  const finished = new Promise<void>((resolve, reject) => stream.on('finish', resolve).on('error', reject));
  await Promise.all([handler(event, stream, context), finished]);
  tell({ kind: 'result', payload: '' });
}

const handler = loadHandler();
handler.then(
  () => tell({ kind: 'ready' }),
  (thrown: unknown) => tell({ kind: 'error', error: reported(thrown), fatal: true }, () => process.exit(1)),
);
process.on('disconnect', () => process.exit(0));
process.on('message', (message: ToInstance) => {
  handler
    .then((loaded) => answer(loaded, message))
    .catch((thrown: unknown) => tell({ kind: 'error', error: reported(thrown), fatal: false }));
});
for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
  process.on(event, (thrown: unknown) =>
    tell({ kind: 'error', error: reported(thrown), fatal: true }, () => process.exit(1)),
  );
}
