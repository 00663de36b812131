import type { AdminHandler } from '../admin-handler.ts';
import { AdminRefusal } from '../admin-refusal.ts';
import { serverRow } from './server-row.ts';

/** `servers.get` */
export const getServer: AdminHandler = async ({ key }, _who, { servers, issuer }) => {
  const server = servers.find(({ id }) => id === key);
  if (!server) throw new AdminRefusal('not_found', 'There is no server with this id.');
  return serverRow(server, issuer);
};
