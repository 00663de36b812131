import type { AuthorizationRequest } from '../authorization-request.ts';
import { audiencesOf } from '../identity/identity-resource.ts';
import type { Consent } from '../ports/consents.ts';
import type { ProtectedServer } from '../protected-server.ts';
import { expandScopes } from '../resource/expand-scopes.ts';
import { rememberedUri, serversOf } from './consent-memory.ts';
import type { InteractionDeps } from './interaction.ts';
import { scopesAt } from './scopes-at.ts';

/** What a person has allowed a client before, held against what it asks now, at one of the servers. */
export interface Recalled {
  readonly server: ProtectedServer;
  /** Asked, and never allowed. */
  readonly fresh: readonly string[];
  /**
   * Allowed before. If something is asked on top (a step-up), everything that was allowed, because clients ask for the
   * new scope in place of the old ones (clients.md pain 21); otherwise only what is asked, so that a client can have
   * less (AS-48, docs/decisions/0013).
   */
  readonly kept: readonly string[];
  /** Whether the person need not be asked. */
  readonly isSettled: boolean;
}

function recalledAt(request: AuthorizationRequest, server: ProtectedServer, consent: Consent | undefined): Recalled {
  const asked = scopesAt(server, request.scopes);
  const isHere = consent?.redirectUris.includes(rememberedUri(request)) ?? false;
  // RFC 9396: details can say that a scope counts for a part of the data only. Such an answer is no answer to another
  // request, and the other way round, so both are left out of the memory.
  if (!consent || !isHere || request.authorizationDetails) return { server, fresh: asked, kept: [], isSettled: false };
  const allowed = expandScopes(consent.scopes, server);
  const fresh = asked.filter((name) => !allowed.has(name));
  const before = fresh.length > 0 ? [...asked.filter((name) => allowed.has(name)), ...consent.scopes] : asked;
  // Identity scopes belong to no server; they stand beside the scopes of the resource with which they were allowed.
  const isKnown = (request.identityScopes ?? []).every((name) => consent.scopes.includes(name));
  return { server, fresh, kept: scopesAt(server, before), isSettled: fresh.length === 0 && isKnown };
}

/** What this person has allowed this client before, for each server of the request; one read each. */
export async function recallConsent(
  request: AuthorizationRequest,
  sub: string,
  deps: Pick<InteractionDeps, 'consents' | 'servers' | 'issuer'>,
): Promise<readonly Recalled[]> {
  const servers = serversOf(request, audiencesOf(deps));
  const recalled = servers.map(async (server) =>
    recalledAt(request, server, await deps.consents.find(sub, request.clientId, server.resource)),
  );
  return Promise.all(recalled);
}
