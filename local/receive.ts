import type { IncomingMessage, ServerResponse } from 'node:http';
import type { GatewayRequest } from './api-gateway/gateway-request.ts';
import { bodyLimit } from './api-gateway/handle-request.ts';

/**
 * Reads a whole request. One byte more than API Gateway takes is enough to know that it is too large; the rest is
 * thrown away.
 */
export async function receive(req: IncomingMessage): Promise<GatewayRequest> {
  const [path = '/', ...query] = (req.url ?? '/').split('?');
  const headers: [string, string][] = [];
  for (let index = 0; index < req.rawHeaders.length; index += 2) {
    headers.push([req.rawHeaders[index] ?? '', req.rawHeaders[index + 1] ?? '']);
  }
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of req as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length - chunk.length <= bodyLimit) chunks.push(chunk);
  }
  return {
    method: req.method ?? 'GET',
    path,
    query: query.join('?'),
    headers,
    body: Buffer.concat(chunks),
    sourceIp: req.socket.remoteAddress?.replace(/^::ffff:/, '') ?? '127.0.0.1',
  };
}

/**
 * Refuses a request that was sent to another name, as CloudFront and API Gateway do. Here it also keeps a page with a
 * rebound DNS name away from the functions.
 * @returns whether it was refused
 */
export function refuseForeignHost(req: IncomingMessage, res: ServerResponse): boolean {
  const host = (req.headers.host ?? '').replace(/:\d+$/, '').toLowerCase();
  if (['localhost', '127.0.0.1', '[::1]'].includes(host)) return false;
  res.writeHead(403, { 'Content-Type': 'application/json' }).end('{"message":"Forbidden"}');
  return true;
}
