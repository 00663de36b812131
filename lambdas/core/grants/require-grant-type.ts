import type { Client } from '../client.ts';
import { OAuthError } from '../errors.ts';
import type { GrantOffer } from './grant-offers.ts';

function refused(problem: string, reason: string): OAuthError {
  return new OAuthError('unauthorized_client', problem, { reason });
}

/**
 * Whether a client may use a grant type: it must be registered for it, be of a kind that may be, and have authenticated
 * where that is required.
 * @param proved whether it authenticated in this request: some clients may do so or not (clients.md pain 17)
 * @throws OAuthError unauthorized_client (OAuth 2.1 §3.2.4)
 */
export function requireGrantType(client: Client, type: GrantOffer, proved: boolean): void {
  const { grantType, clientKinds, confidential = false } = type;
  if (!client.grantTypes.includes(grantType)) {
    throw refused(`this client is not registered for grant_type ${grantType}`, 'grant_type_not_registered');
  }
  if (clientKinds && !clientKinds.includes(client.kind)) {
    throw refused(`grant_type ${grantType} is for ${clientKinds.join(' and ')} clients only`, 'client_kind');
  }
  if (confidential && !proved) {
    throw refused(`grant_type ${grantType} is for clients that authenticate only`, 'public_client');
  }
}
