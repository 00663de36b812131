import { once } from 'node:events';
import { createServer } from 'node:http';

export interface LandingServer {
  /** Redirect URI of the client that listens here. */
  readonly redirectUri: string;
  /** The redirect that brings this `state`, as soon as it arrives. */
  arrival(state: string): Promise<URL>;
  stop(): Promise<void>;
}

/** The loopback listener of a native client (RFC 8252 §7.3), for tests in which a real browser is sent back. */
export async function startLandingServer(): Promise<LandingServer> {
  const arrived: URL[] = [];
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    if (url.pathname === '/callback') arrived.push(url);
    response.setHeader('content-type', 'text/html');
    response.end('<!doctype html><html lang="en"><title>Landed</title><main><h1>Landed</h1></main></html>');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const arrival = async (state: string): Promise<URL> => {
    for (let waited = 0; waited < 30_000; waited += 20) {
      const found = arrived.find(({ searchParams }) => searchParams.get('state') === state);
      if (found) return found;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    throw new Error('no redirect with this state arrived at the client');
  };
  const stop = async (): Promise<void> => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  };
  return { redirectUri: `http://127.0.0.1:${port}/callback`, arrival, stop };
}
