import { randomUUID } from 'node:crypto';
import type { Server } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { LocalLambda } from '../lambda/local-lambda.ts';

/** What the function of a custom resource puts to `ResponseURL`. */
export interface CustomResourceAnswer {
  readonly Status: 'SUCCESS' | 'FAILED';
  readonly Reason?: string;
  readonly PhysicalResourceId?: string;
  readonly Data?: Readonly<Record<string, unknown>>;
}

/** Milliseconds to wait for the answer after the function has returned. */
const patience = 30_000;

/** Invokes the function with a CloudFormation event and waits for its answer on a loopback `ResponseURL`. */
export async function askFunction(
  lambda: LocalLambda,
  functionArn: string,
  event: Readonly<Record<string, unknown>>,
): Promise<CustomResourceAnswer> {
  const secretPath = `/${randomUUID()}`;
  const { server, answer } = listenForAnswer(secretPath);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  let timer: NodeJS.Timeout | undefined;
  try {
    const invoked = lambda.invoke(functionArn, {
      ...event,
      RequestId: randomUUID(),
      ResponseURL: `http://127.0.0.1:${port}${secretPath}`,
    });
    const failed = invoked.then(async (outcome): Promise<CustomResourceAnswer> => {
      const reason = outcome.kind === 'error' ? outcome.error.errorMessage : outcome.kind;
      if (outcome.kind !== 'result') return { Status: 'FAILED', Reason: reason };
      await new Promise((resolve) => (timer = setTimeout(resolve, patience)));
      return { Status: 'FAILED', Reason: `no answer at ResponseURL within ${patience / 1000} s` };
    });
    return await Promise.race([answer, failed]);
  } finally {
    clearTimeout(timer);
    server.closeAllConnections();
    server.close();
  }
}

function listenForAnswer(secretPath: string): { server: Server; answer: Promise<CustomResourceAnswer> } {
  const server = createServer();
  const answer = new Promise<CustomResourceAnswer>((resolve, reject) => {
    server.on('request', (req, res) => {
      if (req.method !== 'PUT' || req.url !== secretPath) {
        res.writeHead(404).end();
        return;
      }
      let text = '';
      req.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      req.on('end', () => {
        res.writeHead(200).end(() => {
          try {
            resolve(JSON.parse(text) as CustomResourceAnswer);
          } catch (error) {
            reject(error instanceof Error ? error : new Error(String(error)));
          }
        });
      });
    });
  });
  return { server, answer };
}
