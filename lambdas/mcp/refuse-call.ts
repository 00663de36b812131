import type { Caller } from '../contract/caller.ts';
import { bearerChallenge, keyChallenge, resourceMetadataUrl } from '../contract/challenge.ts';
import type { ProtectedServer } from '../core/protected-server.ts';
import { lackingPermission } from '../core/resource/lacking-permission.ts';
import { jsonRpcCode, jsonRpcError } from './json-rpc-error.ts';
import type { Log } from './log.ts';
import type { MissingScopes } from './missing-scopes.ts';

/**
 * The answer to a call of a tool that the caller's scopes or key do not open. API Gateway renames `WWW-Authenticate` of
 * an integration (docs/decisions/0002): clients that send `Mcp-Name` got theirs from the guard; older ones find in the body
 * what is missing.
 */
export function refuseCall(
  missing: MissingScopes,
  caller: Caller,
  server: ProtectedServer,
  { issuer, log }: { readonly issuer: string; readonly log: Log },
): Response {
  const { scopes, tool = '', id } = missing;
  const { clientId, gid } = caller;
  log.info('refused', { reason: 'insufficient_scope', server: server.id, tool, clientId, gid });
  const { description, challenge, data } =
    caller.keyId === undefined ? stepUp(scopes, server, issuer) : lacking(scopes, server);
  return jsonRpcError(403, jsonRpcCode.refused, description, { id, data, headers: { 'WWW-Authenticate': challenge } });
}

// RS-07: one challenge with all that the call needs.
function stepUp(scopes: readonly string[], server: ProtectedServer, issuer: string) {
  const description = 'This tool needs a scope that the access token does not carry.';
  const challenge = bearerChallenge({
    error: 'insufficient_scope',
    errorDescription: description,
    scopes,
    resourceMetadata: resourceMetadataUrl(issuer, server.path),
  });
  return { description, challenge, data: { error: 'insufficient_scope', scope: scopes.join(' ') } };
}

/** A key cannot step up: whoever reads of a scope would sign in again and again. */
function lacking(permissions: readonly string[], server: ProtectedServer) {
  const description = lackingPermission(permissions);
  return {
    description,
    challenge: keyChallenge(server.id, description),
    data: { error: 'access_denied', permissions },
  };
}
