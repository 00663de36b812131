import { authenticateClient } from '../client-auth/authenticate-client.ts';
import type { Client } from '../client.ts';
import { digest } from '../digest.ts';
import { OAuthError } from '../errors.ts';
import type { Grant } from '../grant.ts';
import type { TokenDeps, TokenRequest } from '../grants/exchange-token.ts';
import { revokeGrant } from '../grants/revoke-grant.ts';
import { parameter, requiredParameter } from '../parameters.ts';
import type { OwnToken } from './recognize-token.ts';
import { recognizeToken } from './recognize-token.ts';

const parameters = ['token_type_hint', 'client_id', 'client_secret', 'client_assertion', 'client_assertion_type'];

// RFC 7009 §2.2.1
function unsupported(problem: string, reason: string): OAuthError {
  return new OAuthError('unsupported_token_type', problem, { reason });
}

/**
 * Answers a revocation request (RFC 7009): ends the grant of a refresh or access token, and with it every token of the
 * family; the guard learns of it within `grantCache` seconds (D9). Tokens that are unknown, dead or another client's
 * are answered in the same way, because there is nothing left to do for whoever asks.
 * @throws OAuthError invalid_client; invalid_request; unsupported_token_type for what cannot be revoked by itself
 */
export async function revokeToken(request: TokenRequest, deps: TokenDeps): Promise<void> {
  const { params } = request;
  for (const name of parameters) parameter(params, name);
  const text = requiredParameter(params, 'token');
  const client = await authenticateClient(request, deps);
  const token = await recognizeToken(text, deps);
  if (!token) return;
  if (token.kind === 'other') {
    throw unsupported('only access and refresh tokens can be revoked; revoke the refresh token', 'id_token');
  }
  const gid = token.kind === 'refresh' ? token.handle.gid : token.claims.gid;
  const grant = await deps.grants.find(gid);
  if (!grant || !belongsTo(client, token, grant)) return;
  if (grant.clientId !== client.clientId) {
    // RFC 8693: a child has the grant of its parent, which is not this client's to end.
    throw unsupported('this token was exchanged for another one and ends with that', 'exchanged_token');
  }
  if (grant.state !== 'revoked') await revokeGrant(grant, 'token_revocation', deps);
}

// RFC 7009 §2.1: only the client to which it was issued.
function belongsTo(client: Client, token: Exclude<OwnToken, { kind: 'other' }>, grant: Grant): boolean {
  if (token.kind === 'access') return token.claims.clientId === client.clientId;
  return grant.clientId === client.clientId && grant.saltDigest === digest(token.handle.salt);
}
