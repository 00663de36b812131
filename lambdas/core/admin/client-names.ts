import type { AdminDeps } from './deps.ts';

/** What a client is called; by its id if it is gone, or has no name. */
export type ClientNames = (clientId: string) => string;

/**
 * Names of the clients of some rows, in one read.
 * @param of at most 100
 */
export async function clientNames(
  of: readonly { readonly clientId: string }[],
  { clientList, clock }: Pick<AdminDeps, 'clientList' | 'clock'>,
): Promise<ClientNames> {
  const clientIds = of.map(({ clientId }) => clientId);
  const clients = clientIds.length > 0 ? await clientList.findAll(clientIds, clock.now()) : [];
  const names = new Map(clients.map(({ clientId, clientName }) => [clientId, clientName]));
  return (clientId) => names.get(clientId) || clientId;
}
