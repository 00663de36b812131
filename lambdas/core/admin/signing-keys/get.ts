import type { AdminHandler } from '../admin-handler.ts';
import { AdminRefusal } from '../admin-refusal.ts';
import { signingKeyRows } from './signing-key-rows.ts';

/** `signing-keys.get` */
export const getSigningKey: AdminHandler = async ({ key }, _who, { signingKeys }) => {
  const row = signingKeyRows(await signingKeys.list()).find(({ kid }) => kid === key);
  if (!row) throw new AdminRefusal('not_found', 'There is no signing key with this id.');
  return row;
};
