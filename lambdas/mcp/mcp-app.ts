import { createMcpHandler } from '@modelcontextprotocol/server';
import type { AuthInfo } from '@modelcontextprotocol/server';
import type { Caller } from '../contract/caller.ts';
import { heldBy, pathsOf } from '../contract/caller.ts';
import { resourceMetadataUrl } from '../contract/challenge.ts';
import type { Audit } from '../core/ports/audit.ts';
import type { ProtectedServer } from '../core/protected-server.ts';
import { missingForCall } from '../core/resource/missing-for-call.ts';
import { pathNarrowing } from '../core/resource/path-narrowing.ts';
import { auditCalls } from './audit-calls.ts';
import { jsonRpcCode, jsonRpcError } from './json-rpc-error.ts';
import type { CallLimiting } from './limit-calls.ts';
import { limitCalls } from './limit-calls.ts';
import type { Log } from './log.ts';
import { missingScopes } from './missing-scopes.ts';
import { originAllowed } from './origin-allowed.ts';
import { readMessage } from './read-message.ts';
import { refuseCall } from './refuse-call.ts';
import type { BuildServer } from './session.ts';

export interface McpAppOptions {
  readonly issuer: string;
  /** The servers that this function answers for; the caller says which one was asked. */
  readonly servers: readonly ProtectedServer[];
  /** `Origin` values of browser pages that may call; `loopback` stands for every loopback origin. */
  readonly allowedOrigins: readonly string[];
  readonly buildServer: BuildServer;
  readonly log: Log;
  /**
   * Takes the tool calls that the guard could not see: those of clients that do not name the tool in a header.
   * @default none
   */
  readonly audit?: Audit;
  /**
   * How calls of 2026-07-28 are answered. `auto`: one JSON body, or a stream once a tool reports progress. `sse`: a
   * stream from the start, kept alive every 15 seconds; take it if a tool may be silent for longer than the edge
   * waits (CloudFront: 30 seconds). Calls of earlier revisions are always streamed.
   * @default 'auto'
   */
  readonly responseMode?: 'auto' | 'sse';
  /**
   * What counts the calls of each caller. It stands here and not in the guard, because an authorizer cannot answer 429.
   * @default none: callers are not limited
   */
  readonly rateLimiting?: CallLimiting | undefined;
}

/** Answers one HTTP request of a caller whom the guard verified. */
export type McpApp = (request: Request, caller: Caller) => Promise<Response>;

/**
 * An MCP endpoint for every protocol revision (D3), stateless: each request stands for itself, with its own server.
 * The function throws where the guard and the settings disagree about servers; everything else is an answer.
 */
export function createMcpApp(options: McpAppOptions): McpApp {
  const { servers, allowedOrigins, log } = options;
  return async (request, caller) => {
    const server = servers.find(({ id }) => id === caller.server);
    if (!server)
      throw new Error(`the guard let a caller pass to the server ${caller.server}, which is not served here`);
    // MS-08, and before anything else: a page of a foreign origin learns nothing, not even by CORS.
    if (!originAllowed(request.headers.get('origin'), new URL(server.resource).origin, allowedOrigins)) {
      log.info('refused', { reason: 'origin', server: server.id });
      return jsonRpcError(403, jsonRpcCode.refused, 'This origin may not call the server.');
    }
    return openToBrowsers(await answer(request, caller, server, options));
  };
}

async function answer(
  request: Request,
  caller: Caller,
  server: ProtectedServer,
  options: McpAppOptions,
): Promise<Response> {
  // MS-09: no stream to open and no session to end.
  if (request.method !== 'POST') {
    return jsonRpcError(405, jsonRpcCode.refused, 'Send a POST.', { headers: { Allow: 'POST' } });
  }
  const message = await readMessage(request);
  if ('refusal' in message) return message.refusal;
  const wait = await limitCalls(caller, options.rateLimiting);
  if (wait > 0) return tooManyCalls(wait, message.body, caller, server, options);
  auditCalls(request, message.body, { caller, server }, options.audit);
  const held = heldBy(caller);
  const missing = missingScopes(server, held, message.body);
  if (missing.scopes.length > 0) return refuseCall(missing, caller, server, options);
  const mayCall = (tool: string): boolean => missingForCall(server, held, tool).length === 0;
  const paths = pathNarrowing(pathsOf(caller));
  // One handler a request: nothing that one person's call leaves behind can reach another's.
  const handler = createMcpHandler(() => options.buildServer({ caller, mayCall, paths }), {
    responseMode: options.responseMode ?? 'auto',
    onerror: (error) => options.log.info('protocol error', { server: server.id, clientId: caller.clientId, error }),
  });
  return handler.fetch(request, { authInfo: authInfoOf(caller, server, options.issuer), parsedBody: message.body });
}

// RFC 6585 §4, with the wait in the body too: not every MCP client sees the headers.
function tooManyCalls(
  wait: number,
  body: unknown,
  caller: Caller,
  server: ProtectedServer,
  { log }: McpAppOptions,
): Response {
  const { clientId, gid } = caller;
  log.info('refused', { reason: 'too_many_requests', server: server.id, clientId, gid });
  const data = { error: 'temporarily_unavailable', retryAfter: wait };
  const id = typeof body === 'object' && body !== null && 'id' in body ? body.id : undefined;
  const headers = { 'Retry-After': String(wait) };
  return jsonRpcError(429, jsonRpcCode.refused, `Too many calls; send the next one in ${wait} s.`, {
    id,
    data,
    headers,
  });
}

/** For tools that read it where the SDK puts it. The token itself ends at the guard: nothing can pass it on (RS-09). */
function authInfoOf(caller: Caller, server: ProtectedServer, issuer: string): AuthInfo {
  return {
    token: '',
    clientId: caller.clientId,
    scopes: caller.scope.split(' ').filter((scope) => scope !== ''),
    ...(caller.exp !== undefined && { expiresAt: Number(caller.exp) }),
    resource: new URL(server.resource),
    resourceMetadataUrl: resourceMetadataUrl(issuer, server.path),
    extra: { sub: caller.sub, gid: caller.gid, ...narrowingOf(caller) },
  };
}

// RFC 9396, F-B1: what narrows the token or key is for the tools to obey, because only they know what it means.
function narrowingOf(caller: Caller): Record<string, unknown> {
  const { authorizationDetails, keyId } = caller;
  const paths = pathsOf(caller);
  return {
    ...(authorizationDetails !== undefined && { authorizationDetails: JSON.parse(authorizationDetails) as unknown }),
    ...(paths && { paths }),
    ...(keyId !== undefined && { keyId }),
  };
}

// A bearer token is no ambient credential, so any origin may read what it could fetch anyway; cookies never count.
function openToBrowsers(response: Response): Response {
  const headers = new Headers(response.headers);
  headers.set('Access-Control-Allow-Origin', '*');
  headers.set('Access-Control-Expose-Headers', 'WWW-Authenticate, Mcp-Session-Id, Retry-After');
  // RFC 9113 §8.2.2: a header of the connection is not ours to send through a gateway.
  headers.delete('Connection');
  return new Response(response.body, { status: response.status, headers });
}
