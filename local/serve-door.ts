import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { GatewayRequest } from './api-gateway/gateway-request.ts';
import { handleRequest } from './api-gateway/handle-request.ts';
import type { ToOrigin } from './cloudfront/handle-viewer.ts';
import { handleViewer } from './cloudfront/handle-viewer.ts';
import type { Door, House } from './doors.ts';
import type { LocalLambda } from './lambda/local-lambda.ts';
import { receive, refuseForeignHost } from './receive.ts';

/** Where the embedded identity provider is mounted. */
export const identityProviderPath = '/local-idp';

/** Answers the requests of one public origin. */
export function serveDoor(
  door: Door,
  house: House,
  lambda: LocalLambda,
  identityProvider: RequestListener | undefined,
  log: (line: string) => void,
): RequestListener {
  const fail = (res: ServerResponse, error: unknown): void => {
    // The client went away while it was sending: nobody is left to tell.
    if (res.destroyed) return;
    log(`error: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    if (res.headersSent) res.destroy();
    else res.writeHead(500, { 'Content-Type': 'application/json' }).end('{"message":"Internal server error"}');
  };
  const toOrigin: ToOrigin = (domainName, request, res) => {
    const api = house.apis.find((candidate) => candidate.domainName === domainName);
    if (api) handleRequest(api, lambda, request, res).catch((error: unknown) => fail(res, error));
    return api !== undefined;
  };
  const enter = (request: GatewayRequest, res: ServerResponse): void => {
    const distribution = house.distributions.get(door.logicalId);
    if (distribution) handleViewer(distribution, request, res, toOrigin);
    else toOrigin(door.hosts[0] ?? '', request, res);
  };
  return (req: IncomingMessage, res: ServerResponse) => {
    if (refuseForeignHost(req, res)) return;
    if (identityProvider && isUnder(req.url ?? '', identityProviderPath)) {
      void identityProvider(req, res);
      return;
    }
    receive(req).then(
      (request) => enter(request, res),
      (error: unknown) => fail(res, error),
    );
  };
}

function isUnder(url: string, path: string): boolean {
  return url === path || url.startsWith(`${path}/`) || url.startsWith(`${path}?`);
}
