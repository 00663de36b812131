import type { AdminHandler } from '../admin-handler.ts';
import { signingKeyRows } from './signing-key-rows.ts';

/** `signing-keys.list`: all of them, because there are few. */
export const listSigningKeys: AdminHandler = async (_request, _who, { signingKeyRing, clock }) => ({
  items: signingKeyRows(await signingKeyRing.all(), clock.now()),
});
