import type { AdminHandler } from '../admin-handler.ts';
import { rowOf } from './signing-key-rows.ts';

/** `signing-keys.get` */
export const getSigningKey: AdminHandler = async ({ key }, _who, { signingKeyRing, clock }) =>
  rowOf(key, await signingKeyRing.all(), clock.now());
