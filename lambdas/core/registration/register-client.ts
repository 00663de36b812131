import type { Client } from '../client.ts';
import { digest } from '../digest.ts';
import { OAuthError } from '../errors.ts';
import type { Lifetimes } from '../lifetimes.ts';
import type { Audit } from '../ports/audit.ts';
import type { Clients } from '../ports/clients.ts';
import type { Clock } from '../ports/clock.ts';
import type { Entropy } from '../ports/entropy.ts';
import { publicClientId } from './client-id.ts';
import { readClientMetadata } from './client-metadata.ts';
import type { DeclaredClient } from './client-metadata.ts';
import { registrationResponse } from './registration-response.ts';

export interface RegistrationDeps {
  readonly clients: Pick<Clients, 'register'>;
  readonly audit: Audit;
  readonly entropy: Entropy;
  readonly clock: Clock;
  readonly lifetimes: Pick<Lifetimes, 'unusedRegistration'>;
}

function isObject(body: unknown): body is Readonly<Record<string, unknown>> {
  return typeof body === 'object' && body !== null && !Array.isArray(body);
}

/** Id and secret by the kind of client: derived for a public one, random for a confidential one. */
function identify(declared: DeclaredClient, entropy: Entropy): { clientId: string; secret?: string } {
  if (declared.tokenEndpointAuthMethod === 'none') return { clientId: publicClientId(declared) };
  return { clientId: `dcr_${entropy.token(32)}`, secret: `gs_${entropy.token(32)}` };
}

/**
 * Registers a client that names itself (RFC 7591 §3).
 * @param body the parsed JSON body, whatever it is
 * @returns the body of the 201 answer (RFC 7591 §3.2.1)
 * @throws OAuthError invalid_redirect_uri or invalid_client_metadata, naming the member
 */
export async function registerClient(
  body: unknown,
  deps: RegistrationDeps,
): Promise<{ readonly response: Readonly<Record<string, unknown>> }> {
  if (!isObject(body)) throw new OAuthError('invalid_client_metadata', 'the body must be a JSON object');
  const declared = readClientMetadata(body);
  const { clientId, secret } = identify(declared, deps.entropy);
  const now = deps.clock.now();
  const client: Client = {
    ...declared,
    clientId,
    kind: 'dynamic',
    ...(secret !== undefined && { secretDigest: digest(secret) }),
    registeredAt: now,
    expiresAt: now + deps.lifetimes.unusedRegistration,
  };
  await deps.clients.register(client);
  deps.audit.record({ type: 'client.registered', clientId });
  return { response: registrationResponse(client, secret) };
}
