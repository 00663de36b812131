import type { Lifetimes } from '../lifetimes.ts';
import type { Audit } from '../ports/audit.ts';
import type { Clients } from '../ports/clients.ts';
import type { Clock } from '../ports/clock.ts';
import type { Entropy } from '../ports/entropy.ts';

export interface RegistrationDeps {
  readonly clients: Pick<Clients, 'register'>;
  readonly audit: Audit;
  readonly entropy: Entropy;
  readonly clock: Clock;
  readonly lifetimes: Pick<Lifetimes, 'unusedRegistration'>;
}

/**
 * Registers a client that names itself (RFC 7591 §3).
 * @param body the parsed JSON body, whatever it is
 * @returns the body of the 201 answer (RFC 7591 §3.2.1)
 * @throws OAuthError invalid_redirect_uri or invalid_client_metadata, naming the member
 */
export async function registerClient(
  _body: unknown,
  _deps: RegistrationDeps,
): Promise<{ readonly response: Readonly<Record<string, unknown>> }> {
  throw new Error('not yet');
}
