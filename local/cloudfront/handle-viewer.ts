import { randomBytes } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import type { GatewayRequest } from '../api-gateway/gateway-request.ts';
import type { Behavior, Distribution } from './model.ts';

/** From where the edge calls origins, on this machine. */
const edgeAddress = '127.0.0.1';

/** Passes a request on to the origin that has this domain name. @returns false where there is none */
export type ToOrigin = (domainName: string, request: GatewayRequest, res: ServerResponse) => boolean;

/** Answers one viewer request as the distribution would, without a cache. */
export function handleViewer(
  distribution: Distribution,
  request: GatewayRequest,
  res: ServerResponse,
  toOrigin: ToOrigin,
): void {
  const behavior = distribution.behaviors.find((candidate) => candidate.pattern.test(request.path));
  if (!behavior?.allowedMethods.includes(request.method)) {
    refuse(res, 403, 'This distribution is not configured to allow the HTTP request method that was used');
    return;
  }
  decorate(res, behavior);
  const { origin } = behavior;
  const path = `${origin.path}${request.path}`;
  // The connection that API Gateway sees is that of the edge.
  const forwarded = { ...request, path, headers: originHeaders(request, behavior), sourceIp: edgeAddress };
  if (!toOrigin(origin.domainName, forwarded, res)) refuse(res, 502, `No origin ${origin.domainName} on this machine`);
}

/** All of the viewer but Host, and what CloudFront adds. */
function originHeaders(request: GatewayRequest, behavior: Behavior): (readonly [string, string])[] {
  const ownHeaders = behavior.origin.headers.map(([name]) => name.toLowerCase());
  const replaced = new Set(['host', 'x-forwarded-for', 'x-forwarded-proto', 'x-forwarded-port', ...ownHeaders]);
  const before = request.headers.filter(([name]) => name.toLowerCase() === 'x-forwarded-for').map(([, value]) => value);
  return [
    ...request.headers.filter(([name]) => !replaced.has(name.toLowerCase())),
    ...behavior.origin.headers,
    ['Host', behavior.origin.domainName],
    ['X-Forwarded-For', [...before, request.sourceIp, edgeAddress].join(', ')],
    ['X-Forwarded-Port', '443'],
    ['X-Forwarded-Proto', 'https'],
    ['Via', '1.1 local.cloudfront.net (CloudFront)'],
    ['X-Amz-Cf-Id', randomBytes(18).toString('base64url')],
  ];
}

/** Headers of the response headers policy, set when the origin's own are known. */
function decorate(res: ServerResponse, behavior: Behavior): void {
  res.setHeader('Via', '1.1 local.cloudfront.net (CloudFront)');
  res.setHeader('X-Cache', 'Miss from cloudfront');
  const setHeader = res.setHeader.bind(res);
  const overriding = new Set(
    behavior.responseHeaders.filter((header) => header.override).map((header) => header.name.toLowerCase()),
  );
  for (const { name, value } of behavior.responseHeaders) setHeader(name, value);
  res.setHeader = (name, value) => (overriding.has(name.toLowerCase()) ? res : setHeader(name, value));
}

function refuse(res: ServerResponse, status: number, message: string): void {
  res.writeHead(status, { 'Content-Type': 'text/plain', 'X-Cache': 'Error from cloudfront' });
  res.end(`${message}\n`);
}
