import { once } from 'node:events';
import type { IncomingHttpHeaders } from 'node:http';
import { createServer } from 'node:http';

export interface Asked {
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface Reply {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly json?: unknown;
}

export interface WebServer {
  readonly url: string;
  /** Everything that was asked, in order. */
  readonly asked: readonly Asked[];
  stop(): Promise<void>;
}

/** A server on the loopback interface that says what a test says: the truth, or not. */
export async function startWebServer(answer: (asked: Asked, url: string) => Reply): Promise<WebServer> {
  const asked: Asked[] = [];
  let url = '';
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (text: string) => (body += text));
    request.on('end', () => {
      const one = { method: request.method ?? '', path: request.url ?? '', headers: request.headers, body };
      asked.push(one);
      const { status = 200, headers = {}, json } = answer(one, url);
      response.writeHead(status, { 'content-type': 'application/json', connection: 'close', ...headers });
      response.end(json === undefined ? '' : JSON.stringify(json));
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  url = `http://127.0.0.1:${address.port}`;
  const stop = async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  };
  return { url, asked, stop };
}
