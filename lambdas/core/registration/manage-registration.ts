import type { Client } from '../client.ts';
import { digest, sameText } from '../digest.ts';
import { OAuthError } from '../errors.ts';
import { findClient } from '../find-client.ts';
import type { Audit } from '../ports/audit.ts';
import type { ClientRegistry } from '../ports/client-registry.ts';
import type { Clients } from '../ports/clients.ts';
import type { Clock } from '../ports/clock.ts';
import type { Entropy } from '../ports/entropy.ts';
import { readClientMetadata } from './client-metadata.ts';
import { invalidMember, requireObject, text } from './members.ts';
import type { Metadata } from './members.ts';
import { registrationResponse } from './registration-response.ts';
import { secretFor } from './secret-for.ts';

/** Who wants to manage which registration. */
export interface ManagementRequest {
  /** From the path. */
  readonly clientId: string;
  /** The bearer token of the request; undefined if there is none. */
  readonly token: string | undefined;
}

export interface ManagementDeps {
  readonly clients: Pick<Clients, 'find'>;
  readonly registry: ClientRegistry;
  readonly audit: Audit;
  readonly clock: Clock;
  readonly entropy: Entropy;
  readonly issuer: string;
}

/** RFC 7592 §2: one answer whether the token is wrong or the client is not there, so that ids cannot be found out. */
async function managedClient({ clientId, token }: ManagementRequest, deps: ManagementDeps): Promise<Client> {
  const client = await findClient(clientId, deps);
  const isIts = sameText(digest(token ?? ''), client?.registrationAccessTokenDigest ?? '');
  if (client && token !== undefined && isIts) return client;
  throw new OAuthError(
    'invalid_token',
    'send the registration_access_token of this client as a bearer token; the registration may be gone too',
    { reason: token === undefined ? 'no_credential' : 'registration_access_token' },
  );
}

/** What a client must repeat, and what it cannot choose (RFC 7592 §2.2). */
function checkRepeated(body: Metadata, client: Client): void {
  if (body['client_id'] !== client.clientId) {
    throw invalidMember('client_id', 'must be that of the registration which is replaced');
  }
  const secret = text(body, 'client_secret', 200);
  if (secret !== undefined && !sameText(digest(secret), client.secretDigest ?? '')) {
    throw invalidMember('client_secret', 'differs from the one of the registration; leave it out');
  }
}

/**
 * Tells a client what is registered of it (RFC 7592 §2.1). Of its secret only a digest is kept, so it is not repeated.
 * @throws OAuthError invalid_token
 */
export async function readRegistration(
  request: ManagementRequest,
  deps: ManagementDeps,
): Promise<Readonly<Record<string, unknown>>> {
  const client = await managedClient(request, deps);
  return registrationResponse(client, deps.issuer, { registrationAccessToken: request.token });
}

/**
 * Replaces everything that a client said about itself (RFC 7592 §2.2). What it leaves out is gone.
 * @param body gives the parsed JSON body; asked only after the token was found right
 * @returns the body of the 200 answer; undefined if the registration was changed at the same time
 * @throws OAuthError invalid_token, invalid_redirect_uri or invalid_client_metadata
 */
export async function replaceRegistration(
  request: ManagementRequest,
  body: () => Promise<unknown>,
  deps: ManagementDeps,
): Promise<Readonly<Record<string, unknown>> | undefined> {
  const client = await managedClient(request, deps);
  const metadata = requireObject(await body());
  checkRepeated(metadata, client);
  const declared = readClientMetadata(metadata);
  // Whoever read its public metadata could then use its grants.
  if (declared.tokenEndpointAuthMethod === 'none') {
    throw invalidMember('token_endpoint_auth_method', 'cannot become none; register a public client instead');
  }
  const { clientId, kind, registrationAccessTokenDigest, registeredAt, expiresAt } = client;
  const kept = { clientId, kind, registrationAccessTokenDigest, registeredAt, expiresAt };
  const { secret, stored } = secretFor(declared, client, deps.entropy);
  const next = { ...declared, ...stored, ...kept, revision: (client.revision ?? 0) + 1 } as Client;
  if (!(await deps.registry.replace(next))) return undefined;
  deps.audit.record({ type: 'client.replaced', clientId });
  return registrationResponse(next, deps.issuer, { secret, registrationAccessToken: request.token });
}

/**
 * Ends a registration (RFC 7592 §2.3). Its grants are refused from then on, since nobody can authenticate for them.
 * @throws OAuthError invalid_token
 */
export async function deleteRegistration(request: ManagementRequest, deps: ManagementDeps): Promise<void> {
  const { clientId } = await managedClient(request, deps);
  await deps.registry.remove(clientId);
  deps.audit.record({ type: 'client.deleted', clientId });
}
