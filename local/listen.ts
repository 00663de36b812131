import type { RequestListener, Server } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { StartError } from './start-error.ts';

export interface Listener {
  readonly port: number;
  /** Everything before this is answered 503. */
  serve(handler: RequestListener): void;
  close(): void;
}

/**
 * Listens on loopback, IPv4 and IPv6 alike where the machine has both, because clients resolve `localhost` either way.
 * @param port 0 takes any that is free on both
 * @throws StartError where the port is in use
 */
export async function listenOnLoopback(port: number): Promise<Listener> {
  for (let attempt = 0; ; attempt += 1) {
    const first = await open(port, '127.0.0.1');
    if (first === 'in use') throw inUse(port);
    if (first === 'absent') throw new StartError('this machine has no IPv4 loopback address (127.0.0.1)');
    const chosen = (first.address() as AddressInfo).port;
    const second = await open(chosen, '::1');
    if (second !== 'in use') return listener(chosen, second === 'absent' ? [first] : [first, second]);
    first.close();
    if (port !== 0 || attempt === 10) throw inUse(chosen);
  }
}

function listener(port: number, servers: readonly Server[]): Listener {
  let handler: RequestListener = (_req, res) => {
    res.writeHead(503, { 'Retry-After': '1', 'Content-Type': 'text/plain' }).end('starting\n');
  };
  for (const server of servers) {
    // Streams may be silent for minutes; the limits of the cloud apply instead of Node's own.
    server.requestTimeout = 0;
    server.on('request', (req, res) => handler(req, res));
  }
  return {
    port,
    serve: (next) => {
      handler = next;
    },
    close: () => {
      for (const server of servers) {
        server.close();
        server.closeAllConnections();
      }
    },
  };
}

function open(port: number, host: string): Promise<Server | 'in use' | 'absent'> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') resolve('in use');
      else if (error.code === 'EADDRNOTAVAIL' || error.code === 'EAFNOSUPPORT') resolve('absent');
      else if (error.code === 'EACCES') reject(new StartError(`port ${port} needs privileges: give a PORT above 1023`));
      else reject(error);
    });
    server.listen({ port, host, ipv6Only: host.includes(':') }, () => resolve(server));
  });
}

function inUse(port: number): StartError {
  return new StartError(`port ${port} is in use: stop what listens there, or set PORT (0 takes any free port)`);
}
