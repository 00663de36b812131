import type { APIGatewayAuthorizerResult, APIGatewayRequestAuthorizerEvent } from 'aws-lambda';
import type { Caller } from '../contract/caller.ts';
import { bearerChallenge, resourceMetadataUrl } from '../contract/challenge.ts';
import { checkPossession } from '../core/dpop/check-possession.ts';
import type { PresentedToken } from '../core/dpop/check-possession.ts';
import { OAuthError } from '../core/errors.ts';
import type { Audit, AuditEvent } from '../core/ports/audit.ts';
import type { Clock } from '../core/ports/clock.ts';
import type { SigningKeys } from '../core/ports/signing-keys.ts';
import type { ProtectedServer } from '../core/protected-server.ts';
import type { AccessTokenClaims } from '../core/resource/access-token-claims.ts';
import { callEvent } from '../core/resource/call-event.ts';
import { calledTool } from '../core/resource/called-tool.ts';
import type { GrantLiveness } from '../core/resource/grant-liveness.ts';
import { missingForCall } from '../core/resource/missing-for-call.ts';
import { verifyAccessToken } from '../core/resource/verify-access-token.ts';
import { readCredential } from './guard/credential.ts';
import { headerValues } from './guard/header-values.ts';

export interface GuardOptions {
  readonly issuer: string;
  readonly servers: readonly ProtectedServer[];
  readonly keys: SigningKeys;
  readonly isAlive: GrantLiveness;
  readonly clock: Clock;
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
  const { issuer, isAlive } = options;
  return async (event) => {
    const server = serverAt(event.path, options.servers);
    const refuse = (reason: string, claims?: AccessTokenClaims): Error => {
      options.audit.record({ type: 'access.refused', decision: 'refused', reason, ...whoAsked(server, claims) });
      // API Gateway compares this text: any other one becomes a 500.
      return new Error('Unauthorized');
    };
    if (!server) throw refuse('unknown_server');
    const credential = readCredential(headerValues(event, 'authorization'));
    if ('refusal' in credential) throw refuse(credential.refusal);
    const presented = { ...credential, proofs: headerValues(event, 'dpop') };
    const claims = await verified(presented, event, server, options).catch((error: unknown) => {
      throw error instanceof OAuthError ? refuse(error.reason) : error;
    });
    if (!(await isAlive(claims.gid))) throw refuse('grant_dead', claims);
    const tool = calledTool(headerValues(event, 'mcp-method'), headerValues(event, 'mcp-name'));
    const missing = tool === undefined ? [] : missingForCall(server, claims.scope, tool);
    if (tool !== undefined) options.audit.record(callEvent(tool, missing, claims, server));
    if (missing.length === 0) return policy('Allow', event, claims.sub, { ...callerOf(claims, server) });
    return policy('Deny', event, claims.sub, { challenge: stepUp(issuer, server, missing) });
  };
}

/** @throws OAuthError if the token is not good, or is not the caller's to use */
async function verified(
  presented: PresentedToken,
  event: APIGatewayRequestAuthorizerEvent,
  server: ProtectedServer,
  { issuer, keys, clock }: GuardOptions,
): Promise<AccessTokenClaims> {
  const claims = await verifyAccessToken(presented.token, { issuer, server, keys, clock });
  // RFC 9449 §4.3: the URL as clients know it. What stands below the endpoint is the same for everybody.
  const url = `${server.resource}${event.path.slice(server.path.length)}`;
  await checkPossession(claims, presented, { method: event.httpMethod, url, now: clock.now() });
  return claims;
}

function whoAsked(server: ProtectedServer | undefined, claims: AccessTokenClaims | undefined): Partial<AuditEvent> {
  const who = claims && { sub: claims.sub, clientId: claims.clientId, gid: claims.gid };
  return { ...(server && { server: server.id }), ...who };
}

/** The server whose endpoint the path is, or lies below; the longest of several. */
function serverAt(path: string, servers: readonly ProtectedServer[]): ProtectedServer | undefined {
  return servers
    .filter((server) => path === server.path || path.startsWith(`${server.path}/`))
    .sort((a, b) => b.path.length - a.path.length)[0];
}

function callerOf(claims: AccessTokenClaims, server: ProtectedServer): Caller & Record<string, string> {
  const { sub, clientId, scope, gid, authorizationDetails } = claims;
  const caller = { sub, clientId, scope, gid, exp: String(claims.exp), server: server.id };
  // RFC 9396 §9.1. Never cut: the server would take what is missing for a right without a limit.
  return authorizationDetails ? { ...caller, authorizationDetails: JSON.stringify(authorizationDetails) } : caller;
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
  context: Record<string, string>,
): APIGatewayAuthorizerResult {
  const Statement = [{ Action: 'execute-api:Invoke', Effect, Resource: event.methodArn }];
  return { principalId, policyDocument: { Version: '2012-10-17', Statement }, context };
}
