import { randomUUID } from 'node:crypto';
import type { FunctionSpec } from './function-spec.ts';
import type { Instance, LogEvent, Outcome } from './instance.ts';
import { startInstance } from './instance.ts';

export type { Outcome } from './instance.ts';

/**
 * Instances of one function at a time. An account has a thousand, a laptop has not: the next call waits for one,
 * where the cloud would have started another.
 */
const concurrencyLimit = 10;

/** Bytes of a buffered request or response (Lambda quota of 6 MB). */
export const payloadLimit = 6 * 1024 * 1024;

/** Milliseconds after which an unused instance ends, as Lambda ends them after a while. */
const idleLifetime = 5 * 60_000;

export interface InvokeOptions {
  /** What people search the log for. @default the request id of the invocation */
  readonly traceId?: string;
  /** Takes what the handler streams. Without it, a stream is gathered and given as the payload. */
  readonly onChunk?: (data: Uint8Array) => void;
}

export interface LocalLambda {
  /** @param arn of the function, with or without a version or alias */
  invoke(arn: string, event: unknown, options?: InvokeOptions): Promise<Outcome>;
  /** Kills every instance. */
  stop(): void;
}

/** @param specOf reads the function when it is first called, so that its environment knows all that was created */
export function createLambda(
  specOf: (arn: string) => FunctionSpec | undefined,
  log: (event: LogEvent) => void,
): LocalLambda {
  const specs = new Map<string, FunctionSpec>();
  const pools = new Map<string, Instance[]>();
  const waiting: (() => void)[] = [];
  const instances = (): Instance[] => [...pools.values()].flat();
  const reaping = setInterval(() => {
    const unused = instances().filter((each) => each.idle() && Date.now() - each.lastUsed() > idleLifetime);
    for (const instance of unused) instance.stop();
  }, idleLifetime / 5).unref();

  function specFor(qualified: string): FunctionSpec {
    const arn = qualified.split(':').slice(0, 7).join(':');
    const spec = specs.get(arn) ?? specOf(arn);
    if (!spec) throw new Error(`no function ${qualified} in the template`);
    specs.set(arn, spec);
    return spec;
  }

  function takeInstance(spec: FunctionSpec): Instance | undefined {
    const pool = (pools.get(spec.arn) ?? []).filter((instance) => instance.alive());
    pools.set(spec.arn, pool);
    const idle = pool.find((instance) => instance.idle());
    if (idle || pool.length >= concurrencyLimit) return idle;
    const started = startInstance(spec, log);
    pool.push(started);
    return started;
  }

  return {
    async invoke(arn, event, options = {}) {
      const text = JSON.stringify(event);
      if (Buffer.byteLength(text) > payloadLimit) return tooLarge('Request');
      const spec = specFor(arn);
      let instance = takeInstance(spec);
      while (!instance) {
        await new Promise<void>((resolve) => waiting.push(resolve));
        instance = takeInstance(spec);
      }
      const requestId = randomUUID();
      const gathered: Uint8Array[] = [];
      const onChunk = options.onChunk ?? ((data: Uint8Array) => void gathered.push(data));
      const outcome = await instance.invoke({ requestId, traceId: options.traceId ?? requestId, event: text, onChunk });
      for (const resume of waiting.splice(0)) resume();
      if (outcome.kind !== 'result') return outcome;
      const payload = gathered.length > 0 ? Buffer.concat(gathered).toString() : outcome.payload;
      return Buffer.byteLength(payload) > payloadLimit ? tooLarge('Response') : { kind: 'result', payload };
    },
    stop() {
      clearInterval(reaping);
      // What still waits is not served any more, least of all by a new instance.
      waiting.splice(0);
      for (const instance of instances()) instance.stop();
    },
  };
}

function tooLarge(what: 'Request' | 'Response'): Outcome {
  const errorMessage = `${what} payload size exceeded maximum allowed payload size (${payloadLimit} bytes).`;
  return { kind: 'error', error: { errorType: `Function.${what}SizeTooLarge`, errorMessage } };
}
