import type { Client } from '../client.ts';
import { OAuthError } from '../errors.ts';
import { findClient } from '../find-client.ts';
import { requiredParameter } from '../parameters.ts';
import type { Clients } from '../ports/clients.ts';
import type { Clock } from '../ports/clock.ts';

/** The refusal that the error page explains with the steps that make a client forget its lost id (clients.md pain 2). */
export function unknownClient(): OAuthError {
  return new OAuthError(
    'invalid_client',
    'client_id is not registered here; remove the saved login of this server in your client and connect again',
    { reason: 'unknown_client' },
  );
}

/**
 * The client that asks.
 * @throws OAuthError invalid_request or invalid_client; nothing may be redirected yet (AS-41)
 */
export async function requestingClient(
  params: URLSearchParams,
  deps: { readonly clients: Clients; readonly clock: Clock },
): Promise<Client> {
  const client = await findClient(requiredParameter(params, 'client_id'), deps);
  if (!client) throw unknownClient();
  return client;
}
