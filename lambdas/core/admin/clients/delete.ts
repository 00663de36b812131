import { clientMemory } from '../../cached-clients.ts';
import type { AdminHandler } from '../admin-handler.ts';
import { endClient } from '../revoke/end-client.ts';
import { markRevoked } from '../revoke/mark-revoked.ts';
import { freeClientName } from './client-name.ts';
import { knownClient, refuseDeclared } from './known-client.ts';

/**
 * `clients.delete`: ends all access of a client, then the client. It goes last of what would be left behind unseen, so
 * that after a crash it is still there to be deleted again.
 */
export const deleteClient: AdminHandler = async ({ key }, who, deps) => {
  const client = await knownClient(key, deps);
  refuseDeclared(client);
  const { clientId, clientName } = client;
  // Ids that were given out here are random and never come back; those of apps that registered themselves may.
  const isGone = client.kind === 'pre-registered';
  await endClient(clientId, who, deps, isGone);
  if (isGone) await deps.clientSecrets.remove(clientId);
  await deps.clientRegistry.remove(clientId);
  // Until now an instance may have read it, to remember it from now on.
  if (isGone) await markRevoked({ kind: 'client', clientId }, deps, clientMemory);
  if (isGone) await freeClientName(clientName, clientId, deps);
  deps.audit.record({ type: 'admin.client.deleted', sub: who.sub, clientId });
  return {};
};
