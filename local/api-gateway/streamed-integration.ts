import type { ServerResponse } from 'node:http';
import type { LocalLambda } from '../lambda/local-lambda.ts';
import { badGateway } from './buffered-integration.ts';
import type { RequestContext } from './gateway-request.ts';
import type { Refusal } from './gateway-response.ts';
import { writeHead } from './reply.ts';
import { clientHeaders, joinHeaders } from './response-headers.ts';

/** What ends the metadata at the head of a streamed response. */
const delimiter = Buffer.alloc(8);

interface Prelude {
  readonly statusCode?: number;
  readonly headers?: Readonly<Record<string, unknown>>;
  readonly multiValueHeaders?: Readonly<Record<string, readonly unknown[]>>;
  readonly cookies?: readonly string[];
}

/**
 * Calls a function and passes its answer on, chunk by chunk. The first bytes are JSON metadata and eight NUL bytes.
 * @param timeout milliseconds
 * @returns a refusal only where nothing was sent yet
 */
export async function callStreamed(
  lambda: LocalLambda,
  functionArn: string,
  event: unknown,
  timeout: number,
  context: RequestContext,
  res: ServerResponse,
): Promise<Refusal | undefined> {
  let head = Buffer.alloc(0);
  const onChunk = (data: Uint8Array): void => {
    if (res.headersSent) {
      res.write(data);
      return;
    }
    head = Buffer.concat([head, data]);
    const end = head.indexOf(delimiter);
    const prelude = end < 0 ? undefined : readPrelude(head.subarray(0, end));
    if (!prelude) return;
    writePrelude(res, context, prelude);
    const rest = head.subarray(end + delimiter.length);
    if (rest.length > 0) res.write(rest);
  };
  const timer = setTimeout(() => res.destroy(), timeout);
  const outcome = await lambda.invoke(functionArn, event, { traceId: context.requestId, onChunk });
  clearTimeout(timer);
  if (!res.headersSent) {
    return outcome.kind === 'timeout'
      ? { type: 'INTEGRATION_TIMEOUT', message: 'Endpoint request timed out' }
      : badGateway;
  }
  // A function that fails after its first byte breaks the connection: the client must not take the rest for whole.
  if (outcome.kind === 'result') res.end();
  else res.destroy();
  return undefined;
}

function readPrelude(bytes: Buffer): Prelude | undefined {
  try {
    return JSON.parse(bytes.toString()) as Prelude;
  } catch {
    return undefined;
  }
}

function writePrelude(res: ServerResponse, context: RequestContext, prelude: Prelude): void {
  const joined = joinHeaders(prelude.headers, prelude.multiValueHeaders);
  const cookies = prelude.cookies ? { 'Set-Cookie': prelude.cookies } : {};
  writeHead(res, context, prelude.statusCode ?? 200, clientHeaders({ ...joined, ...cookies }));
  res.flushHeaders();
}
