import { authenticateClient } from '../client-auth/authenticate-client.ts';
import type { Client } from '../client.ts';
import { digest } from '../digest.ts';
import { OAuthError } from '../errors.ts';
import type { Grant } from '../grant.ts';
import type { TokenDeps, TokenRequest } from '../grants/exchange-token.ts';
import { replayWindow } from '../grants/replay-window.ts';
import { audiencesOf } from '../identity/identity-resource.ts';
import { parameter, requiredParameter } from '../parameters.ts';
import type { AccessTokenClaims } from '../resource/access-token-claims.ts';
import { livingGrant } from '../resource/living-grant.ts';
import type { RefreshHandle } from './handle.ts';
import { recognizeToken } from './recognize-token.ts';

type Answer = Readonly<Record<string, unknown>>;

/** The whole answer for whatever is not active, or not for this client to know (RFC 7662 §2.2, AS-72). */
const inactive: Answer = { active: false };

const credentials = ['client_secret', 'client_assertion', 'client_assertion_type', 'client_id', 'token_type_hint'];

/**
 * RFC 7662 §2.1: the caller must be authorized. A public client only names itself, and so may anybody.
 * @throws OAuthError invalid_client
 */
async function introspector(request: TokenRequest, deps: TokenDeps): Promise<Client> {
  const { params, authorizationHeader } = request;
  const proves = ['client_secret', 'client_assertion'].some((name) => parameter(params, name) !== undefined);
  if (proves || authorizationHeader) return authenticateClient(request, deps);
  throw new OAuthError(
    'invalid_client',
    'introspection is for clients that authenticate; send a secret or an assertion',
    {
      reason: 'introspection_unauthenticated',
    },
  );
}

/**
 * Answers an introspection request (RFC 7662). A client may ask about tokens that were issued to it. A pre-registered
 * client, which an administrator trusts, may ask about every access token, as a resource server does; refresh tokens
 * are nobody's but their client's, because a resource server could take one for an access token.
 * @returns the JSON body; exactly `{"active":false}` unless the token is good now
 * @throws OAuthError invalid_client, invalid_request
 */
export async function introspectToken(request: TokenRequest, deps: TokenDeps): Promise<Answer> {
  for (const name of credentials) parameter(request.params, name);
  const client = await introspector(request, deps);
  const answer = await answerTo(client, requiredParameter(request.params, 'token'), deps);
  const reason = answer['active'] === true ? 'active' : 'inactive';
  deps.audit.record({ type: 'token.introspected', clientId: client.clientId, reason });
  return answer;
}

async function answerTo(client: Client, text: string, deps: TokenDeps): Promise<Answer> {
  const token = await recognizeToken(text, deps);
  if (!token || token.kind === 'other') return inactive;
  // A refresh token does not say whose it is, so that its grant is read before what may have ended it.
  const state = await deps.grantStates.look(token.kind === 'refresh' ? { gid: token.handle.gid } : token.claims);
  const grant = livingGrant(state, deps.clock.now(), token.kind === 'refresh' ? undefined : token.claims.iat);
  if (!grant) return inactive;
  if (token.kind === 'refresh') return refreshAnswer(token.handle, grant, client, deps);
  return accessAnswer(token.claims, grant, client, deps);
}

function accessAnswer(claims: AccessTokenClaims, grant: Grant, client: Client, deps: TokenDeps): Answer {
  const isOwn = claims.clientId === client.clientId;
  const isKnown = audiencesOf(deps).some(({ resource }) => resource === claims.aud);
  const mayAsk = isOwn || client.kind === 'pre-registered';
  if (!mayAsk || !isKnown || claims.exp <= deps.clock.now()) return inactive;
  const { clientId: client_id, authorizationDetails, gid: _, ...same } = claims;
  return {
    active: true,
    ...same,
    client_id,
    // RFC 7662 §2.2: as the token endpoint called it
    token_type: claims.cnf ? 'DPoP' : 'Bearer',
    ...(authorizationDetails && { authorization_details: authorizationDetails }),
    // An application learns an address only if the person allowed that; a server of the administrator's may know it.
    ...(!isOwn && grant.email !== undefined && { username: grant.email }),
  };
}

function refreshAnswer(handle: RefreshHandle, grant: Grant, client: Client, deps: TokenDeps): Answer {
  const { clientId, sub, generation, rotatedAt } = grant;
  const now = deps.clock.now();
  const isOwn = clientId === client.clientId && grant.saltDigest === digest(handle.salt) && grant.refreshable;
  const repeats = handle.generation + 1 === generation && now - rotatedAt <= replayWindow(clientId, deps.lifetimes);
  const isUsable = handle.generation === generation || repeats;
  if (!isOwn || !isUsable || grant.absoluteExpiresAt <= now) return inactive;
  return {
    active: true,
    iss: deps.issuer,
    sub,
    client_id: clientId,
    scope: grant.scopes.join(' '),
    exp: Math.min(grant.expiresAt, grant.absoluteExpiresAt),
    iat: rotatedAt,
  };
}
