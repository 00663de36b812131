import type { AdminHandler } from '../admin-handler.ts';
import { endClient } from '../revoke/end-client.ts';
import { clientRow } from './client-row.ts';
import { knownClient } from './known-client.ts';

/** `clients.revoke`: ends all access of a client. Its registration stays. */
export const revokeClient: AdminHandler = async ({ key }, who, deps) => {
  const client = await knownClient(key, deps);
  await endClient(client.clientId, who, deps);
  return clientRow(client, deps.clock.now());
};
