import { checkResource } from '../authorize/resource.ts';
import { checkScope } from '../authorize/scope.ts';
import { authenticateClient } from '../client-auth/authenticate-client.ts';
import { hasProof } from '../client-auth/has-proof.ts';
import type { Client } from '../client.ts';
import { digest } from '../digest.ts';
import { OAuthError } from '../errors.ts';
import { grantOffers } from '../grants/grant-offers.ts';
import type { TokenDeps, TokenRequest } from '../grants/exchange-token.ts';
import { requireGrantType } from '../grants/require-grant-type.ts';
import { openIdRequest } from '../identity/openid-request.ts';
import { parameter } from '../parameters.ts';
import type { DeviceRequest } from './device-request.ts';
import { userCodeDigest } from './user-code-digest.ts';
import { newUserCode, shownUserCode } from './user-code.ts';

/** Seconds for which both codes are good. */
const lifetime = 600;
/** Seconds between two polls, to begin with. */
const interval = 5;
/** Seconds for which a device still hears that its code expired. */
const echo = 3600;

/** Answer of the device authorization endpoint (RFC 8628 §3.2). */
export interface DeviceAuthorizationResponse {
  readonly device_code: string;
  readonly user_code: string;
  readonly verification_uri: string;
  readonly verification_uri_complete: string;
  /** Seconds. */
  readonly expires_in: number;
  /** Seconds. */
  readonly interval: number;
}

function requestOf(client: Client, params: URLSearchParams, deps: TokenDeps): DeviceRequest {
  const servers = checkResource(params, deps);
  const { identityScopes } = openIdRequest(params);
  return {
    clientId: client.clientId,
    resources: servers.map((server) => server.resource),
    scopes: checkScope(params, servers),
    ...(identityScopes && { identityScopes }),
  };
}

/** Stores the request under a user code that nobody else has at the moment. */
async function store(request: DeviceRequest, code: string, deps: TokenDeps): Promise<string> {
  const now = deps.clock.now();
  const authorization = {
    digest: digest(code),
    request,
    gid: deps.entropy.token(16),
    answer: { state: 'pending' },
    interval,
    nextPollAt: now,
    codeExpiresAt: now + lifetime,
    expiresAt: now + lifetime + echo,
  } as const;
  for (let tries = 0; tries < 3; tries += 1) {
    const userCode = newUserCode(deps.entropy);
    const key = await userCodeDigest(userCode, deps.pepper);
    if (await deps.deviceAuthorizations.begin(authorization, key)) return userCode;
  }
  throw new OAuthError('temporarily_unavailable', 'no user code is free; try again', { reason: 'no_user_code' });
}

/**
 * Begins a device authorization (RFC 8628 §3.1): the client is authenticated as at the token endpoint.
 * @throws OAuthError for the JSON body, as at the token endpoint
 */
export async function authorizeDevice(request: TokenRequest, deps: TokenDeps): Promise<DeviceAuthorizationResponse> {
  const { params } = request;
  // OAuth 2.1 §3.2: reading a parameter refuses a repeated one.
  for (const name of ['client_id', 'client_secret', 'scope']) parameter(params, name);
  const client = await authenticateClient(request, deps);
  requireGrantType(client, grantOffers.deviceCode, hasProof(request));
  const code = `gd_${deps.entropy.token(32)}`;
  const asked = requestOf(client, params, deps);
  const userCode = shownUserCode(await store(asked, code, deps));
  deps.audit.record({ type: 'device.requested', clientId: client.clientId });
  const page = `${deps.issuer}/device`;
  return {
    device_code: code,
    user_code: userCode,
    verification_uri: page,
    verification_uri_complete: `${page}?user_code=${userCode}`,
    expires_in: lifetime,
    interval,
  };
}
