import type { Client } from '../client.ts';
import { digest } from '../digest.ts';
import type { Lifetimes } from '../lifetimes.ts';
import type { Audit } from '../ports/audit.ts';
import type { Clients } from '../ports/clients.ts';
import type { Clock } from '../ports/clock.ts';
import type { Entropy } from '../ports/entropy.ts';
import { publicClientId } from './client-id.ts';
import { readClientMetadata } from './client-metadata.ts';
import { requireObject } from './members.ts';
import { registrationResponse } from './registration-response.ts';
import { secretFor } from './secret-for.ts';

export interface RegistrationDeps {
  readonly clients: Pick<Clients, 'register'>;
  readonly audit: Audit;
  readonly entropy: Entropy;
  readonly clock: Clock;
  readonly issuer: string;
  readonly lifetimes: Pick<Lifetimes, 'unusedRegistration'>;
}

/**
 * Registers a client that names itself (RFC 7591 §3). A public one gets an id that follows from what it says; a
 * confidential one a random id, and a token with which it can manage its registration (RFC 7592).
 * @param body the parsed JSON body, whatever it is
 * @returns the body of the 201 answer (RFC 7591 §3.2.1)
 * @throws OAuthError invalid_redirect_uri or invalid_client_metadata, naming the member
 */
export async function registerClient(
  body: unknown,
  deps: RegistrationDeps,
): Promise<{ readonly response: Readonly<Record<string, unknown>> }> {
  const { entropy, issuer } = deps;
  const declared = readClientMetadata(requireObject(body));
  const isPublic = declared.tokenEndpointAuthMethod === 'none';
  const clientId = isPublic ? publicClientId(declared) : `dcr_${entropy.token(32)}`;
  const registrationAccessToken = isPublic ? undefined : `ga_${entropy.token(32)}`;
  const { secret, stored } = secretFor(declared, {}, entropy);
  const now = deps.clock.now();
  const client: Client = {
    ...declared,
    ...stored,
    clientId,
    kind: 'dynamic',
    ...(registrationAccessToken !== undefined && {
      registrationAccessTokenDigest: digest(registrationAccessToken),
    }),
    registeredAt: now,
    expiresAt: now + deps.lifetimes.unusedRegistration,
  };
  await deps.clients.register(client);
  deps.audit.record({ type: 'client.registered', clientId });
  return { response: registrationResponse(client, issuer, { secret, registrationAccessToken }) };
}
