import { listApiKeys } from '../../api-keys/list-api-keys.ts';
import type { AdminHandler } from '../admin-handler.ts';

/** `keys.list` */
export const listKeys: AdminHandler = async ({ input, page }, _who, deps) => {
  const { owner } = input;
  return { ...(await listApiKeys(typeof owner === 'string' ? { owner } : {}, page, deps)) };
};
