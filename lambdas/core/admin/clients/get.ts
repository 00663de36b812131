import type { AdminHandler } from '../admin-handler.ts';
import { clientRow } from './client-row.ts';
import { knownClient } from './known-client.ts';

/** `clients.get` */
export const getClient: AdminHandler = async ({ key }, _who, deps) =>
  clientRow(await knownClient(key, deps), deps.clock.now());
