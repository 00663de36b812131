import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import type { Client } from '../../../lambdas/core/client.ts';
import { exchangeToken } from '../../../lambdas/core/grants/exchange-token.ts';
import type { ClientJwk } from '../../../lambdas/core/ports/client-keys.ts';
import type { TrustedIssuer } from '../../../lambdas/core/trusted-issuer.ts';
import { confidentialClient, form, issuer, secret, todos } from '../fixtures.ts';
import type { House } from '../house.ts';

export const jwtBearer = 'urn:ietf:params:oauth:grant-type:jwt-bearer';
export const enterprise = 'https://login.enterprise.example';

type Values = Record<string, string | undefined>;

/** Claims of an assertion; an undefined one is left out. */
export type Claims = Record<string, unknown>;

const keys = await generateKeyPair('ES256', { extractable: true });
const jwk: ClientJwk = { ...(await exportJWK(keys.publicKey)), kid: 'idp-1', alg: 'ES256', use: 'sig' };

/** An identity provider of an enterprise, trusted by a house, with a client of both. */
export async function enterpriseOf(house: House, trust: Partial<TrustedIssuer> = {}, changes: Partial<Client> = {}) {
  const client: Client = {
    ...confidentialClient,
    clientId: `agent-${house.deps.entropy.token(6)}`,
    kind: 'pre-registered',
    redirectUris: [],
    grantTypes: [jwtBearer],
    ...changes,
  };
  await house.deps.clients.register(client);
  const trusted: TrustedIssuer = { issuer: enterprise, ...trust };
  const deps = { ...house.deps, trustedIssuers: [trusted], issuerKeys: { find: async () => [jwk] } };
  const now = deps.clock.now();
  const good: Claims = {
    iss: enterprise,
    sub: 'ada',
    aud: issuer,
    client_id: client.clientId,
    jti: deps.entropy.token(16),
    resource: todos.resource,
    scope: 'todos:read',
    exp: now + 300,
    iat: now,
  };

  /** Signs an assertion with nothing wrong but what `changes` makes wrong. */
  async function assertion(claims: Claims = {}, header: Record<string, unknown> = {}, key = keys.privateKey) {
    const payload = Object.fromEntries(
      Object.entries({ ...good, ...claims }).filter(([, value]) => value !== undefined),
    );
    const all = { alg: 'ES256', kid: 'idp-1', typ: 'oauth-id-jag+jwt', ...header };
    return new SignJWT(payload).setProtectedHeader(all).sign(key);
  }

  const present = (jwt: string | undefined, values: Values = {}) => {
    const known = { grant_type: jwtBearer, client_id: client.clientId, client_secret: secret, assertion: jwt };
    return exchangeToken({ params: form({ ...known, ...values }) }, deps);
  };
  return { client, deps, assertion, present };
}
