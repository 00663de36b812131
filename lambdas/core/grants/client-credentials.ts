import type { Client } from '../client.ts';
import { parameter } from '../parameters.ts';
import type { ProtectedServer } from '../protected-server.ts';
import { splitScope } from '../split-scope.ts';
import { tokenServers } from '../token-servers.ts';
import { directGrant } from './direct-grant.ts';
import { grantOffers } from './grant-offers.ts';
import type { GrantType } from './index.ts';
import { issueTokens } from './issue-tokens.ts';
import { requestedResource } from './requested-resource.ts';
import { scopesWithin } from './scopes-within.ts';
import { serverOf } from './server-of.ts';

/** A client that names no server means the first at which it may do something. */
function defaultServer({ machineScopes = [] }: Client, servers: readonly ProtectedServer[]): ProtectedServer {
  const open = tokenServers(servers).find((server) => server.scopes.some(({ name }) => machineScopes.includes(name)));
  return open ?? serverOf(undefined, servers);
}

/**
 * `client_credentials` (OAuth 2.1 §4.2, X-CC): a machine acts for itself. One write and one signature.
 * X-CC: pre-registered clients only. A client that registered itself would open the server to everybody.
 */
export const clientCredentials: GrantType = {
  ...grantOffers.clientCredentials,
  async handle({ client, params, dpopJkt }, deps) {
    const resource = requestedResource(params, deps);
    const server = resource === undefined ? defaultServer(client, deps.servers) : serverOf(resource, deps.servers);
    const scopes = scopesWithin(server, client.machineScopes ?? [], splitScope(parameter(params, 'scope')));
    const now = deps.clock.now();
    const { clientId } = client;
    const gid = deps.entropy.token(16);
    // RFC 9068 §2.2: without a person the subject is the client.
    const known = { gid, clientId, sub: clientId, resources: [server.resource], scopes };
    const grant = directGrant(known, now, deps.lifetimes);
    await deps.grants.create(grant);
    // OAuth 2.1 §4.2.3: no refresh token; the client asks again.
    return issueTokens(grant, { server, scopes, now, dpopJkt }, deps);
  },
};
