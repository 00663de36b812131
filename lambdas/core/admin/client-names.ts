import type { AdminDeps } from './deps.ts';

/**
 * Names of the clients of some rows, in one read; a client that is gone, or has no name, is called by its id.
 * @param clientIds at most 100
 */
export async function clientNames(
  clientIds: readonly string[],
  { clientList, clock }: Pick<AdminDeps, 'clientList' | 'clock'>,
): Promise<(clientId: string) => string> {
  const clients = clientIds.length > 0 ? await clientList.findAll(clientIds, clock.now()) : [];
  const names = new Map(clients.map(({ clientId, clientName }) => [clientId, clientName]));
  return (clientId) => names.get(clientId) || clientId;
}
