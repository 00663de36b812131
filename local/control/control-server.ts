import type { IncomingMessage, Server } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What the control port can do. Each answers with an object that becomes JSON. */
export interface Controls {
  readonly scheduleIds: readonly string[];
  runSchedule(logicalId: string): Promise<unknown>;
  sweepExpired(): Promise<number>;
}

/**
 * Starts the control port, apart from the base URL and on loopback only:
 * `GET /local` tells the process id and the schedules, `POST /local/schedules/<logical id>` runs one now,
 * `POST /local/sweep` deletes expired items now.
 */
export async function startControlServer(controls: Controls): Promise<{ port: number; server: Server }> {
  const server = createServer((req, res) => {
    handle(controls, req).then(
      ([status, body]) => res.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body)),
      (error: unknown) => res.writeHead(500).end(JSON.stringify({ error: String(error) })),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { port: (server.address() as AddressInfo).port, server };
}

async function handle(controls: Controls, req: IncomingMessage): Promise<[number, unknown]> {
  // A page in a browser must not reach this port: neither by a request of its own nor by a name that it controls.
  const isBrowser = req.headers.origin !== undefined || req.headers['sec-fetch-site'] !== undefined;
  const isLoopback = /^(127\.0\.0\.1|localhost):\d+$/.test(req.headers.host ?? '');
  if (isBrowser || !isLoopback) return [403, { error: 'not for browsers' }];
  const path = req.url ?? '';
  if (req.method === 'GET' && path === '/local') return [200, { pid: process.pid, schedules: controls.scheduleIds }];
  if (req.method !== 'POST') return [404, { error: 'not found' }];
  if (path === '/local/sweep') return [200, { deleted: await controls.sweepExpired() }];
  const logicalId = /^\/local\/schedules\/([A-Za-z0-9]+)$/.exec(path)?.[1];
  if (logicalId === undefined || !controls.scheduleIds.includes(logicalId)) {
    return [404, { error: `no such schedule; there are: ${controls.scheduleIds.join(', ')}` }];
  }
  return [200, { outcomes: await controls.runSchedule(logicalId) }];
}
