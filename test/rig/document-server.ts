import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { IncomingMessage, RequestListener } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';

const certificates = new URL('../fixtures/certificates/', import.meta.url);

/** File with the authority that the server's certificate needs, for NODE_EXTRA_CA_CERTS. */
export const authorityFile = new URL('authority.pem', certificates).pathname;

/** An HTTPS server on loopback that publishes what a test says, for localhost, 127.0.0.1 and client.example. */
export interface DocumentServer {
  readonly port: number;
  /** What was asked, in order. */
  readonly requests: IncomingMessage[];
  url(path: string, host?: string): string;
  /** What a path answers from now on; a listener, or the JSON of a document with headers of its own. */
  publish(path: string, content: RequestListener | object, headers?: Readonly<Record<string, string>>): void;
  stop(): Promise<void>;
}

/** Starts a server that answers 404 until something is published. */
export async function startDocumentServer(): Promise<DocumentServer> {
  const [cert, key] = ['loopback.pem', 'loopback-key.pem'].map((name) => readFileSync(new URL(name, certificates)));
  const published = new Map<string, RequestListener>();
  const requests: IncomingMessage[] = [];
  const server = createServer({ cert: cert ?? '', key: key ?? '' }, (request, response) => {
    requests.push(request);
    const answer = published.get(request.url ?? '');
    if (answer) answer(request, response);
    else response.writeHead(404).end();
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    port,
    requests,
    url: (path, host = 'localhost') => `https://${host}:${port}${path}`,
    publish(path, content, headers = {}) {
      const listener: RequestListener = (_, response) =>
        response.writeHead(200, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(content));
      published.set(path, typeof content === 'function' ? (content as RequestListener) : listener);
    },
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
