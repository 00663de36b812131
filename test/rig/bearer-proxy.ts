import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, request as send } from 'node:http';

export interface BearerProxy {
  /** What stands for the MCP endpoint. */
  readonly url: string;
  stop(): Promise<void>;
}

/**
 * For clients that cannot be given a token: a loopback proxy that adds it and changes nothing else, so that even a
 * hostile `Host` and `Origin` arrive as they were sent.
 */
export async function startBearerProxy(mcpUrl: string, token: string): Promise<BearerProxy> {
  const { port, pathname } = new URL(mcpUrl);
  const forward = (incoming: IncomingMessage, outgoing: ServerResponse): void => {
    const headers = [...incoming.rawHeaders, 'Authorization', `Bearer ${token}`];
    const { method, url: path } = incoming;
    const onward = send({ host: '127.0.0.1', port, method, path, headers, setHost: false }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
      outgoing.flushHeaders();
      answer.pipe(outgoing);
    });
    onward.on('error', () => outgoing.destroy());
    outgoing.on('close', () => onward.destroy());
    incoming.pipe(onward);
  };
  const server = createServer(forward).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const own = typeof address === 'object' ? address?.port : undefined;
  const stop = async (): Promise<void> => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  };
  return { url: `http://localhost:${own}${pathname}`, stop };
}
