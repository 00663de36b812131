import { canonicalResource } from '../canonical-resource.ts';
import { digest } from '../digest.ts';
import { OAuthError } from '../errors.ts';
import type { IdJag } from '../id-jag/id-jag.ts';
import { leeway, readIdJag } from '../id-jag/read-id-jag.ts';
import { refuseIdJag } from '../id-jag/refuse-id-jag.ts';
import { subjectOf } from '../id-jag/subject-of.ts';
import { verifyIdJag } from '../id-jag/verify-id-jag.ts';
import { parameter, requiredParameter } from '../parameters.ts';
import type { ProtectedServer } from '../protected-server.ts';
import { expandScopes } from '../resource/expand-scopes.ts';
import { splitScope } from '../split-scope.ts';
import type { TrustedIssuer } from '../trusted-issuer.ts';
import { directGrant } from './direct-grant.ts';
import type { TokenDeps } from './exchange-token.ts';
import { grantOffers } from './grant-offers.ts';
import type { GrantType } from './index.ts';
import { issueTokens } from './issue-tokens.ts';
import { requestedResource, resourceNotGranted } from './requested-resource.ts';
import { scopesWithin } from './scopes-within.ts';
import { serverOf } from './server-of.ts';

/** The server that the assertion names; of several, the one that is asked. */
function serverFor(assertion: IdJag, asked: string | undefined, servers: readonly ProtectedServer[]): ProtectedServer {
  const named = assertion.resources.flatMap((value) => {
    try {
      return canonicalResource(value, servers);
    } catch (error) {
      if (error instanceof OAuthError) return [];
      throw error;
    }
  });
  if (named.length === 0) throw refuseIdJag('resource', 'names no MCP server of this authorization server');
  if (asked !== undefined && !named.includes(asked)) throw resourceNotGranted();
  return serverOf(asked ?? named[0], servers);
}

/** What the issuer allows in this assertion, within what the administrator allows the issuer. */
function limitOf({ scopes }: IdJag, issuer: TrustedIssuer, server: ProtectedServer): readonly string[] | undefined {
  if (!issuer.scopes || !scopes) return scopes ?? issuer.scopes;
  const within = expandScopes(issuer.scopes, server);
  return [...expandScopes(scopes, server)].filter((name) => within.has(name));
}

/** X-EMA2: an assertion counts once, until it expires by itself. After all other rules, so that a mistake costs none. */
async function spend({ issuer, jti, exp, clientId, subject }: IdJag, deps: TokenDeps): Promise<void> {
  const id = `id-jag#${digest(JSON.stringify([issuer, jti]))}`;
  if (await deps.replay.spend(id, exp + leeway, deps.clock.now())) return;
  deps.audit.record({ type: 'id_jag.replayed', decision: 'refused', clientId, sub: subject });
  throw refuseIdJag('replayed', 'was used before; ask the identity provider for a new one');
}

/**
 * `urn:ietf:params:oauth:grant-type:jwt-bearer` (RFC 7523) with an ID-JAG: the identity provider of an enterprise says
 * that a person may use this client here, and no page is shown (X-EMA1 to X-EMA3).
 */
export const jwtBearer: GrantType = {
  ...grantOffers.jwtBearer,
  async handle({ client, params, dpopJkt }, deps) {
    const now = deps.clock.now();
    const assertion = readIdJag(requiredParameter(params, 'assertion'), { issuer: deps.issuer, now });
    const issuer = await verifyIdJag(assertion, deps);
    // EMA §5: of no worth to a client that got hold of it.
    if (assertion.clientId !== client.clientId) throw refuseIdJag('client', 'was made for another client_id');
    const server = serverFor(assertion, requestedResource(params, deps), deps.servers);
    const asked = splitScope(parameter(params, 'scope'));
    const scopes = scopesWithin(server, limitOf(assertion, issuer, server), asked);
    await spend(assertion, deps);
    const { email, name: personName, authTime = now } = assertion;
    const known = {
      gid: deps.entropy.token(16),
      clientId: client.clientId,
      sub: subjectOf(assertion, deps.upstreamIssuer),
      ...(email !== undefined && { email }),
      ...(personName !== undefined && { personName }),
      resources: [server.resource],
      scopes,
      authTime: Math.min(authTime, now),
      // What the issuer said before everything of the person was revoked gives nothing any more (F-D6).
      givenAt: Math.min(Math.floor(assertion.iat), now),
    };
    const grant = directGrant(known, now, deps.lifetimes);
    await deps.grants.create(grant);
    // ID-JAG §4.4.2: no refresh token; the client comes back with a new assertion, so the issuer keeps control.
    return issueTokens(grant, { server, scopes, now, dpopJkt }, deps);
  },
};
