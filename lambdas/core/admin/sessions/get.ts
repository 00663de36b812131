import { livingGrant } from '../../resource/living-grant.ts';
import type { AdminHandler } from '../admin-handler.ts';
import { clientNames } from '../client-names.ts';
import { findSession, noSession } from './find-session.ts';
import { sessionRow } from './session-row.ts';

/** `sessions.get` */
export const getSession: AdminHandler = async ({ key }, _who, deps) => {
  const grant = livingGrant(await findSession(key, deps), deps.clock.now());
  if (!grant) throw noSession();
  return sessionRow(grant, await clientNames([grant], deps), deps);
};
