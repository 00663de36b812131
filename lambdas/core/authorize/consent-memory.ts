import type { AuthorizationRequest } from '../authorization-request.ts';
import { audiencesOf } from '../identity/identity-resource.ts';
import type { ProtectedServer } from '../protected-server.ts';
import { expandScopes } from '../resource/expand-scopes.ts';
import type { InteractionDeps } from './interaction.ts';
import { withoutLoopbackPort } from './redirect-kind.ts';

type Deps = Pick<InteractionDeps, 'consents' | 'clock' | 'servers' | 'issuer'>;

/** Consent is given to a redirect URI as well: another one is another place for the code to go (clients.md pain 26). */
function rememberedUri(request: AuthorizationRequest): string {
  return withoutLoopbackPort(request.redirectUri) ?? request.redirectUri;
}

/** The servers of a request, in its order. */
export function serversOf(
  request: AuthorizationRequest,
  servers: readonly ProtectedServer[],
): readonly ProtectedServer[] {
  return request.resources.flatMap((resource) => servers.filter((server) => server.resource === resource));
}

function scopesAt(server: ProtectedServer, names: readonly string[]): readonly string[] {
  return server.scopes.map((scope) => scope.name).filter((name) => names.includes(name));
}

/** Whether this person has allowed this client everything that it asks, at every resource and this redirect URI. */
export async function isConsentRemembered(request: AuthorizationRequest, sub: string, deps: Deps): Promise<boolean> {
  const uri = rememberedUri(request);
  const servers = serversOf(request, audiencesOf(deps));
  const answers = servers.map(async (server) => {
    const consent = await deps.consents.find(sub, request.clientId, server.resource);
    if (!consent?.redirectUris.includes(uri)) return false;
    // Identity scopes belong to no server; they stand beside the scopes of the resource with which they were allowed.
    if (!(request.identityScopes ?? []).every((name) => consent.scopes.includes(name))) return false;
    const allowed = expandScopes(consent.scopes, server);
    return scopesAt(server, request.scopes).every((name) => allowed.has(name));
  });
  return servers.length === request.resources.length && (await Promise.all(answers)).every(Boolean);
}

/** Remembers what a person allowed, so that the page is shown once (D7). */
export async function rememberConsent(
  request: AuthorizationRequest,
  sub: string,
  scopes: readonly string[],
  deps: Deps,
): Promise<void> {
  const redirectUris = [rememberedUri(request)];
  const known = { sub, clientId: request.clientId, redirectUris, updatedAt: deps.clock.now() };
  const identity = request.identityScopes ?? [];
  const writes = serversOf(request, audiencesOf(deps)).map((server) =>
    deps.consents.remember({ ...known, resource: server.resource, scopes: [...scopesAt(server, scopes), ...identity] }),
  );
  await Promise.all(writes);
}
