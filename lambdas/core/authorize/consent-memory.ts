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

/**
 * Remembers what a person allowed at each server, so that the page is shown once (D7).
 * @param answer `updatedAt`: epoch seconds, before anything was looked up on which the answer rests
 * @param revokedBefore epoch second up to which what is remembered counts no more
 */
export async function rememberConsent(
  request: AuthorizationRequest,
  answer: { readonly sub: string; readonly allowed: readonly AllowedAt[]; readonly updatedAt: number },
  revokedBefore: number,
  deps: Pick<InteractionDeps, 'consents'>,
): Promise<void> {
  // See recall-consent.ts: an answer about a part of the data is none about the rest.
  if (request.authorizationDetails) return;
  const { sub, allowed, updatedAt } = answer;
  const known = { sub, clientId: request.clientId, redirectUris: [rememberedUri(request)], updatedAt };
  const identity = request.identityScopes ?? [];
  const writes = allowed.map(({ server, names }) =>
    deps.consents.remember({ ...known, resource: server.resource, scopes: [...names, ...identity] }, revokedBefore),
  );
  await Promise.all(writes);
}
