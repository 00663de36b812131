import type { Client } from '../client.ts';
import { OAuthError } from '../errors.ts';
import { findClient } from '../find-client.ts';
import { parameter } from '../parameters.ts';
import type { Clients } from '../ports/clients.ts';
import { clientAuthentications } from './index.ts';
import type { AuthenticationRequest, ClientAuthentication, Credentials, ProofDeps } from './index.ts';

export interface AuthenticationDeps extends ProofDeps {
  readonly clients: Pick<Clients, 'find' | 'findAnew'>;
}

interface Presented {
  readonly by: ClientAuthentication;
  readonly credentials: Credentials;
}

/** One answer for an unknown client and a wrong proof; only the log knows which. */
function failed(reason: string): OAuthError {
  return new OAuthError(
    'invalid_client',
    'client authentication failed: the client is not registered here, or its secret or assertion is wrong, missing or not expected',
    { reason },
  );
}

/** The single way in which the request authenticates. */
function presented(request: AuthenticationRequest, known: { issuer: string; now: number }): Presented {
  const secretWays = [
    request.authorizationHeader,
    ...['client_secret', 'client_assertion'].map((name) => parameter(request.params, name)),
  ];
  // OAuth 2.1 §2.4: no more than one method in a request.
  if (secretWays.filter(Boolean).length > 1) {
    throw new OAuthError('invalid_request', 'the request uses more than one way of client authentication; use one');
  }
  for (const by of clientAuthentications) {
    const credentials = by.read(request, known);
    if (credentials) return { by, credentials };
  }
  throw new OAuthError('invalid_request', 'client_id is missing; send it');
}

/**
 * Finds out which client makes a token request (OAuth 2.1 §2.4).
 * @throws OAuthError invalid_client, or invalid_request if the request contradicts itself
 */
export async function authenticateClient(request: AuthenticationRequest, deps: AuthenticationDeps): Promise<Client> {
  const { by, credentials } = presented(request, { issuer: deps.issuer, now: deps.clock.now() });
  const client = await findClient(credentials.clientId, deps);
  if (!client) throw failed('unknown_client');
  if (await by.proves(credentials, client, deps)) return client;
  // A secret or a key set that was changed in the last minute is not the one that is remembered.
  const changed = await deps.clients.findAnew?.(client.clientId, deps.clock.now());
  if (changed && (await by.proves(credentials, changed, deps))) return changed;
  throw failed('wrong_proof');
}
