import { apiKeyRows } from '../../api-keys/api-key-row.ts';
import { findApiKey } from '../../api-keys/find-api-key.ts';
import type { AdminHandler } from '../admin-handler.ts';

/** `keys.get` */
export const getKey: AdminHandler = async ({ key }, _who, deps) => {
  const [row] = await apiKeyRows([await findApiKey(key, undefined, deps)], deps);
  return { ...row };
};
