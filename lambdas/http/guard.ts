import type { APIGatewayAuthorizerResult, APIGatewayRequestAuthorizerEvent } from 'aws-lambda';
import type { Caller } from '../contract/caller.ts';
import { heldBy } from '../contract/caller.ts';
import { bearerChallenge, keyChallenge, resourceMetadataUrl } from '../contract/challenge.ts';
import type { Audit } from '../core/ports/audit.ts';
import type { ProtectedServer } from '../core/protected-server.ts';
import { callEvent } from '../core/resource/call-event.ts';
import { calledTool } from '../core/resource/called-tool.ts';
import { lackingPermission } from '../core/resource/lacking-permission.ts';
import { missingForCall } from '../core/resource/missing-for-call.ts';
import { headerValues } from './guard/header-values.ts';
import { readPresented } from './guard/presented.ts';
import type { Denial } from './guard/refused-call.ts';
import { RefusedCall } from './guard/refused-call.ts';
import type { KeyGate } from './guard/with-key.ts';
import { withKey } from './guard/with-key.ts';
import type { TokenGate } from './guard/with-token.ts';
import { withToken } from './guard/with-token.ts';

export interface GuardOptions extends TokenGate, KeyGate {
  readonly servers: readonly ProtectedServer[];
  /** Takes every refusal and every tool call that the headers name; who called only once the credential is verified. */
  readonly audit: Audit;
}

export type Guard = (event: APIGatewayRequestAuthorizerEvent) => Promise<APIGatewayAuthorizerResult>;

/**
 * The REQUEST authorizer in front of MCP servers (D1).
 *
 * It lets a call pass with the caller as authorizer context, answers too narrow a credential with a Deny that carries
 * the challenge, and throws `Unauthorized` for everything else that the client can cure. What it cannot decide, because
 * a table cannot be read, it throws as it is: API Gateway answers 500 and the call does not pass.
 */
export function createGuard(options: GuardOptions): Guard {
  const { audit, issuer } = options;
  return async (event) => {
    const server = serverAt(event.path, options.servers);
    try {
      if (!server) throw new RefusedCall('unknown_server');
      const caller = await callerAt(server, event, options);
      const tool = calledTool(headerValues(event, 'mcp-method'), headerValues(event, 'mcp-name'));
      const missing = tool === undefined ? [] : missingForCall(server, heldBy(caller), tool);
      if (tool !== undefined) audit.record(callEvent(tool, missing, caller, server));
      if (missing.length === 0) return policy('Allow', event, caller.sub, { ...caller });
      return policy('Deny', event, caller.sub, { ...denialOf(caller, missing, server, issuer) });
    } catch (error) {
      if (!(error instanceof RefusedCall)) throw error;
      const at = server && { server: server.id };
      audit.record({ type: 'access.refused', decision: 'refused', reason: error.reason, ...at, ...error.who });
      return refuse(error, event);
    }
  };
}

/** @throws Error `Unauthorized`, which API Gateway compares: any other text becomes a 500 */
function refuse({ denial, who }: RefusedCall, event: APIGatewayRequestAuthorizerEvent): APIGatewayAuthorizerResult {
  if (denial) return policy('Deny', event, who.sub ?? 'unknown', { ...denial });
  throw new Error('Unauthorized');
}

/** F-B6: tokens and keys on the same URL. @throws RefusedCall */
async function callerAt(
  server: ProtectedServer,
  event: APIGatewayRequestAuthorizerEvent,
  options: GuardOptions,
): Promise<Caller> {
  const presented = readPresented(headerValues(event, 'authorization'), headerValues(event, 'x-api-key'));
  if ('refusal' in presented) throw new RefusedCall(presented.refusal);
  if ('apiKey' in presented) return withKey(presented.apiKey, server, options);
  if (server.apiKeys === 'only') throw new RefusedCall('keys_only');
  return withToken(presented, event, server, options);
}

/** The server whose endpoint the path is, or lies below; the longest of several. */
function serverAt(path: string, servers: readonly ProtectedServer[]): ProtectedServer | undefined {
  return servers
    .filter((server) => path === server.path || path.startsWith(`${server.path}/`))
    .sort((a, b) => b.path.length - a.path.length)[0];
}

/** What a caller hears that holds too little. */
function denialOf(caller: Caller, missing: readonly string[], server: ProtectedServer, issuer: string): Denial {
  if (caller.keyId === undefined) return stepUp(issuer, server, missing);
  const description = lackingPermission(missing);
  return { challenge: keyChallenge(server.id, description), error: 'access_denied', description };
}

// RS-07: one challenge with all that the call needs.
function stepUp(issuer: string, server: ProtectedServer, scopes: readonly string[]): Denial {
  const error = 'insufficient_scope';
  const challenge = bearerChallenge({
    error,
    errorDescription: 'This tool needs a scope that the access token does not carry.',
    scopes,
    resourceMetadata: resourceMetadataUrl(issuer, server.path),
  });
  const description = 'The access token lacks a scope. WWW-Authenticate names all that this call needs.';
  return { challenge, error, description };
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
