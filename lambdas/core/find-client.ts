import type { Client } from './client.ts';
import type { Clock } from './ports/clock.ts';
import type { Clients } from './ports/clients.ts';

// OAuth 2.1 Appendix A.1: client_id = *VSCHAR. Anything else was never given out, so the store is not asked.
const vschar = /^[\x20-\x7e]{1,2048}$/;

/** The registered client of this id, undefined if there is none. */
export async function findClient(
  clientId: string,
  deps: { readonly clients: Pick<Clients, 'find'>; readonly clock: Clock },
): Promise<Client | undefined> {
  return vschar.test(clientId) ? deps.clients.find(clientId, deps.clock.now()) : undefined;
}
