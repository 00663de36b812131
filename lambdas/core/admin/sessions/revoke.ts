import type { AdminHandler } from '../admin-handler.ts';
import { endSession } from '../revoke/end-session.ts';
import { findSession } from './find-session.ts';

/** `sessions.revoke`: done already, it is done. */
export const revokeSession: AdminHandler = async ({ key }, who, deps) => {
  const { grant } = await findSession(key, deps);
  await endSession(grant, who, deps);
  return {};
};
