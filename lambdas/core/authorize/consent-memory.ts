import type { AuthorizationRequest } from '../authorization-request.ts';
import type { ProtectedServer } from '../protected-server.ts';
import type { AllowedAt } from './allowed-scopes.ts';
import type { InteractionDeps } from './interaction.ts';
import { withoutLoopbackPort } from './redirect-kind.ts';

/** Consent is given to a redirect URI as well: another one is another place for the code to go (clients.md pain 26). */
export function rememberedUri(request: AuthorizationRequest): string {
  return withoutLoopbackPort(request.redirectUri) ?? request.redirectUri;
}

/** The servers of a request, in its order. */
export function serversOf(
  request: AuthorizationRequest,
  servers: readonly ProtectedServer[],
): readonly ProtectedServer[] {
  return request.resources.flatMap((resource) => servers.filter((server) => server.resource === resource));
}

/** Remembers what a person allowed at each server, so that the page is shown once (D7). */
export async function rememberConsent(
  request: AuthorizationRequest,
  sub: string,
  allowed: readonly AllowedAt[],
  deps: Pick<InteractionDeps, 'consents' | 'clock'>,
): Promise<void> {
  // See recall-consent.ts: an answer about a part of the data is none about the rest.
  if (request.authorizationDetails) return;
  const redirectUris = [rememberedUri(request)];
  const known = { sub, clientId: request.clientId, redirectUris, updatedAt: deps.clock.now() };
  const identity = request.identityScopes ?? [];
  const writes = allowed.map(({ server, names }) =>
    deps.consents.remember({ ...known, resource: server.resource, scopes: [...names, ...identity] }),
  );
  await Promise.all(writes);
}
