import type { Client } from '../../client.ts';
import type { AdminHandler } from '../admin-handler.ts';
import { clientRow } from './client-row.ts';

/** `clients.list` */
export const listClients: AdminHandler = async ({ input, page }, _who, deps) => {
  const now = deps.clock.now();
  const kind = input['kind'] as Client['kind'] | undefined;
  const { items, ...rest } = await deps.clientList.list(kind === undefined ? {} : { kind }, page, now);
  return { ...rest, items: items.map((client) => clientRow(client, now)) };
};
