import { randomUUID } from 'node:crypto';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Cloud } from './handle-call.ts';
import { handleCall, readTarget } from './handle-call.ts';
import type { AwsAnswer, Service } from './service.ts';
import { AwsError } from './service.ts';

/** DynamoDB's own limit of a request. */
const bodyLimit = 16 * 1024 * 1024;

/**
 * Opens the one HTTP endpoint of the local cloud on a free loopback port.
 * `GET /calls` tells the calls by function and action, `POST /calls/reset` starts counting anew, `GET /events` tells what
 * was put on event buses.
 */
export async function openEndpoint(cloud: Cloud): Promise<{ endpoint: string; close(): Promise<void> }> {
  const server = createServer((request, response) => void respond(cloud, request, response));
  // Clients keep connections open while their function sleeps; one that closes under them would fail their next call.
  server.keepAliveTimeout = 3_600_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return { endpoint: `http://127.0.0.1:${port}`, close: () => close(server) };
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

async function respond(cloud: Cloud, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const route = `${request.method} ${request.url}`;
  if (route === 'GET /calls') return send(response, 200, {}, JSON.stringify(cloud.counter.totals()));
  if (route === 'GET /events') return send(response, 200, {}, JSON.stringify(cloud.events()));
  if (route === 'POST /calls/reset') {
    cloud.counter.reset();
    return send(response, 204, {}, '');
  }
  let service: Service | undefined;
  try {
    const body = await readBody(request);
    const target = readTarget(cloud.services, String(request.headers['x-amz-target'] ?? ''));
    service = target.service;
    sendAnswer(response, service, await handleCall(cloud, target, request.headers, body));
  } catch (error) {
    sendError(cloud, response, service, error);
  }
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += (chunk as Buffer).length;
    if (size > bodyLimit)
      throw new AwsError('RequestEntityTooLargeException', 'the body is too large', { status: 413 });
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks);
}

function sendAnswer(response: ServerResponse, service: Service, answer: AwsAnswer): void {
  if ('body' in answer) return send(response, answer.status, answer.headers, answer.body);
  send(response, 200, protocolHeaders(service), JSON.stringify(answer.output));
}

function sendError(cloud: Cloud, response: ServerResponse, service: Service | undefined, error: unknown): void {
  if (response.headersSent || response.destroyed) return;
  const known = error instanceof AwsError ? error : undefined;
  if (!known) cloud.log(`aws: internal failure: ${error instanceof Error ? error.message : String(error)}`);
  if (known?.name === 'UnknownOperationException') cloud.log(`aws: ${known.message}`);
  const name = known?.name ?? 'InternalFailure';
  const body = { __type: `${service?.errorNamespace ?? ''}${name}`, message: known?.message ?? 'internal failure' };
  send(response, known?.status ?? 500, protocolHeaders(service), JSON.stringify(body));
}

function protocolHeaders(service: Service | undefined): Record<string, string> {
  return { 'content-type': `application/x-amz-json-${service?.jsonVersion ?? '1.1'}` };
}

function send(response: ServerResponse, status: number, headers: Record<string, string>, body: string | Buffer): void {
  const length = { 'content-length': Buffer.byteLength(body) };
  response.writeHead(status, { 'x-amzn-requestid': randomUUID(), ...headers, ...length }).end(body);
}
