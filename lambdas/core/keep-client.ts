import type { Client } from './client.ts';
import type { Lifetimes } from './lifetimes.ts';
import type { Clients } from './ports/clients.ts';

/**
 * Sees to it that a client outlives its grant (D6). Renewed well beyond, so that it is rarely written.
 * @param until epoch seconds of the grant's end
 * @returns the client's expiry from now on, epoch seconds; undefined if it has none
 */
export async function keepClient(
  client: Pick<Client, 'clientId' | 'expiresAt'> & Partial<Pick<Client, 'kind'>>,
  until: number,
  deps: { readonly clients: Pick<Clients, 'renew'>; readonly lifetimes: Pick<Lifetimes, 'unusedRegistration'> },
): Promise<number | undefined> {
  // The copy of a metadata document is fetched again when it is needed.
  if (client.kind === 'metadata-document') return undefined;
  if (client.expiresAt === undefined || client.expiresAt >= until) return client.expiresAt;
  const renewed = until + deps.lifetimes.unusedRegistration;
  await deps.clients.renew(client.clientId, renewed);
  return renewed;
}
