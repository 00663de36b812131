import { issueCode } from '../../../lambdas/core/authorize/issue-code.ts';
import type { AuthorizationRequest } from '../../../lambdas/core/authorization-request.ts';
import type { Client } from '../../../lambdas/core/client.ts';
import type { TokenRequest } from '../../../lambdas/core/grants/exchange-token.ts';
import { exchangeToken } from '../../../lambdas/core/grants/exchange-token.ts';
import { challenge, form, todos, verifier } from '../fixtures.ts';
import type { House } from '../house.ts';

/** A code for the house's public client, as if the person had just allowed it. */
export async function codeFor(house: House, changes: Partial<AuthorizationRequest> = {}, client?: Client) {
  const { deps, person } = house;
  const who = client ?? house.client;
  const request: AuthorizationRequest = {
    clientId: who.clientId,
    redirectUri: 'https://client.example/cb',
    codeChallenge: challenge,
    resources: [todos.resource],
    scopes: ['todos:read', 'todos:write'],
    ...changes,
  };
  const [gid, salt] = [deps.entropy.token(16), deps.entropy.token(16)];
  const begunAt = deps.clock.now();
  const code = await issueCode({ request, person, client: who, scopes: request.scopes, gid, salt, begunAt }, deps);
  return { code, gid, salt };
}

/** A DPoP proof. */
type More = Pick<TokenRequest, 'dpop'>;
type Values = Record<string, string | undefined>;

/** Redeems a code with nothing wrong but what `changes` makes wrong. */
export function redeem(house: House, code: string, changes: Values = {}, more: More = {}) {
  const params = form({
    grant_type: 'authorization_code',
    client_id: house.client.clientId,
    code,
    code_verifier: verifier,
    redirect_uri: 'https://client.example/cb',
    ...changes,
  });
  return exchangeToken({ params, ...more }, house.deps);
}

/** Uses a refresh token with nothing wrong but what `changes` makes wrong. */
export function refresh(house: House, token: string | undefined, changes: Values = {}, more: More = {}) {
  const values = { grant_type: 'refresh_token', client_id: house.client.clientId, refresh_token: token, ...changes };
  return exchangeToken({ params: form(values), ...more }, house.deps);
}

/** Claims of an access token, unverified. */
export function claimsOf(token: string): Record<string, unknown> {
  return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as Record<string, unknown>;
}

/** What the guard asks about an access token, unverified. */
export function heldOf(token: string) {
  const { gid, sub, client_id: clientId, iat } = claimsOf(token);
  return { gid: String(gid), sub: String(sub), clientId: String(clientId), iat: Number(iat) };
}
