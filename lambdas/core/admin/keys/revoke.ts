import { revokeApiKey } from '../../api-keys/revoke-api-key.ts';
import type { AdminHandler } from '../admin-handler.ts';

/** `keys.revoke` */
export const revokeKey: AdminHandler = async ({ key }, { sub }, deps) => revokeApiKey(key, { by: sub }, deps);
