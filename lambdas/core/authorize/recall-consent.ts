import type { AuthorizationRequest } from '../authorization-request.ts';
import { audiencesOf } from '../identity/identity-resource.ts';
import type { Consent } from '../ports/consents.ts';
import type { ProtectedServer } from '../protected-server.ts';
import { expandScopes } from '../resource/expand-scopes.ts';
import { revocationTargets } from '../resource/revocation-targets.ts';
import { rememberedUri, serversOf } from './consent-memory.ts';
import type { InteractionDeps } from './interaction.ts';
import type { SignIn } from './live-sign-in.ts';
import { signInEnded } from './live-sign-in.ts';
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

/** What is remembered. */
export interface Recollection {
  readonly recalled: readonly Recalled[];
  /** Epoch second up to which whatever was allowed counts no more; 0: all of it counts. */
  readonly revokedBefore: number;
}

/**
 * What this person has allowed this client before, for each server of the request. One read for each, and at the same
 * time one of what was revoked since: of the sign-in, and of what was allowed.
 * @throws OAuthError invalid_request (`reason` `sign_in_ended`)
 */
export async function recallConsent(
  request: AuthorizationRequest,
  { sub, startedAt }: SignIn,
  deps: Pick<InteractionDeps, 'consents' | 'revocations' | 'servers' | 'issuer'>,
): Promise<Recollection> {
  const { clientId } = request;
  const servers = serversOf(request, audiencesOf(deps));
  const consents = servers.map((server) => deps.consents.find(sub, clientId, server.resource));
  const marks = deps.revocations.latestOfEach(revocationTargets({ sub, clientId }));
  const [seconds, found] = await Promise.all([marks, Promise.all(consents)]);
  if (startedAt <= (seconds[0] ?? 0)) throw signInEnded();
  const revokedBefore = Math.max(...seconds);
  const recalled = servers.map((server, at) => {
    const consent = found[at];
    return recalledAt(request, server, consent && consent.updatedAt > revokedBefore ? consent : undefined);
  });
  return { recalled, revokedBefore };
}
