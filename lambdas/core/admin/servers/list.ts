import type { AdminHandler } from '../admin-handler.ts';
import { serverRow } from './server-row.ts';

/** `servers.list`: all of them, because a deployment has few. */
export const listServers: AdminHandler = async (_request, _who, { servers, issuer }) => ({
  items: servers.map((server) => serverRow(server, issuer)),
});
