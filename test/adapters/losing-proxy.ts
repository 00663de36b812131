import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface LosingProxy {
  readonly endpoint: string;
  /** The next so many answers are lost after the engine has done its work. */
  lose(answers: number): void;
  /** Requests that reached the engine so far. */
  requests(): number;
  stop(): Promise<void>;
}

/** Stands before an engine and loses answers on demand, as a network does. */
export async function losingProxy(target: string): Promise<LosingProxy> {
  let toLose = 0;
  let seen = 0;
  const server = createServer((incoming, outgoing) => {
    const { method, url, headers } = incoming;
    seen++;
    const forwarded = request(new URL(url ?? '/', target), { method, headers }, (answer) => {
      if (toLose-- > 0) {
        answer.resume();
        answer.on('end', () => incoming.socket.destroy());
        return;
      }
      outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(outgoing);
    });
    incoming.pipe(forwarded);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    lose: (answers) => (toLose = answers),
    requests: () => seen,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
