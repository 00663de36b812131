import type { APIGatewayAuthorizerResult, APIGatewayRequestAuthorizerEvent } from 'aws-lambda';
import type { Caller } from '../contract/caller.ts';
import { bearerChallenge, resourceMetadataUrl } from '../contract/challenge.ts';
import type { Audit } from '../core/ports/audit.ts';
import type { ProtectedServer } from '../core/protected-server.ts';
import { callEvent } from '../core/resource/call-event.ts';
import { calledTool } from '../core/resource/called-tool.ts';
import { missingForCall } from '../core/resource/missing-for-call.ts';
import { readCredential } from './guard/credential.ts';
import { headerValues } from './guard/header-values.ts';
import { RefusedCall } from './guard/refused-call.ts';
import type { TokenGate } from './guard/with-token.ts';
import { withToken } from './guard/with-token.ts';

export interface GuardOptions extends TokenGate {
  readonly servers: readonly ProtectedServer[];
  /** Takes every refusal and every tool call that the headers name; who called only once the token is verified. */
  readonly audit: Audit;
}

export type Guard = (event: APIGatewayRequestAuthorizerEvent) => Promise<APIGatewayAuthorizerResult>;

/**
 * The REQUEST authorizer in front of MCP servers (D1).
 *
 * It lets a call pass with the caller as authorizer context, answers too narrow a token with a Deny that carries the
 * challenge, and throws `Unauthorized` for everything else that the client can cure. What it cannot decide, because a
 * table cannot be read, it throws as it is: API Gateway answers 500 and the call does not pass.
 */
export function createGuard(options: GuardOptions): Guard {
  const { audit, issuer } = options;
  return async (event) => {
    const server = serverAt(event.path, options.servers);
    try {
      if (!server) throw new RefusedCall('unknown_server');
      const caller = await callerAt(server, event, options);
      const tool = calledTool(headerValues(event, 'mcp-method'), headerValues(event, 'mcp-name'));
      const missing = tool === undefined ? [] : missingForCall(server, caller.scope, tool);
      if (tool !== undefined) audit.record(callEvent(tool, missing, caller, server));
      if (missing.length === 0) return policy('Allow', event, caller.sub, { ...caller });
      return policy('Deny', event, caller.sub, { challenge: stepUp(issuer, server, missing) });
    } catch (error) {
      if (!(error instanceof RefusedCall)) throw error;
      const at = server && { server: server.id };
      audit.record({ type: 'access.refused', decision: 'refused', reason: error.reason, ...at, ...error.who });
      // API Gateway compares this text: any other one becomes a 500.
      throw new Error('Unauthorized', { cause: error });
    }
  };
}

/** @throws RefusedCall */
function callerAt(
  server: ProtectedServer,
  event: APIGatewayRequestAuthorizerEvent,
  options: GuardOptions,
): Promise<Caller> {
  const credential = readCredential(headerValues(event, 'authorization'));
  if ('refusal' in credential) throw new RefusedCall(credential.refusal);
  return withToken(credential, event, server, options);
}

/** The server whose endpoint the path is, or lies below; the longest of several. */
function serverAt(path: string, servers: readonly ProtectedServer[]): ProtectedServer | undefined {
  return servers
    .filter((server) => path === server.path || path.startsWith(`${server.path}/`))
    .sort((a, b) => b.path.length - a.path.length)[0];
}

// RS-07: one challenge with all that the call needs.
function stepUp(issuer: string, server: ProtectedServer, scopes: readonly string[]): string {
  return bearerChallenge({
    error: 'insufficient_scope',
    errorDescription: 'This tool needs a scope that the access token does not carry.',
    scopes,
    resourceMetadata: resourceMetadataUrl(issuer, server.path),
  });
}

function policy(
  Effect: 'Allow' | 'Deny',
  event: APIGatewayRequestAuthorizerEvent,
  principalId: string,
  context: Readonly<Record<string, string | undefined>>,
): APIGatewayAuthorizerResult {
  const Statement = [{ Action: 'execute-api:Invoke', Effect, Resource: event.methodArn }];
  return { principalId, policyDocument: { Version: '2012-10-17', Statement }, context };
}
