import { isRevokedWith } from '../../resource/is-revoked-with.ts';
import type { AdminHandler } from '../admin-handler.ts';
import { clientNames } from '../client-names.ts';
import { revokedBeforeEach } from '../revoked-before.ts';
import { textInput } from '../text-input.ts';
import { sessionRow } from './session-row.ts';

/** `sessions.list`: without what a mark has ended, which the index still has (docs/decisions/0021). */
export const listSessions: AdminHandler = async ({ input, page }, _who, deps) => {
  const by = { ...textInput(input, 'person'), ...textInput(input, 'client') };
  const { items, ...rest } = await deps.sessionList.list(by, page, deps.clock.now());
  const [seconds, nameOf] = await Promise.all([revokedBeforeEach(items, deps), clientNames(items, deps)]);
  const live = items.filter((grant, at) => !isRevokedWith(grant, seconds[at] ?? 0));
  return { ...rest, items: live.map((grant) => sessionRow(grant, nameOf, deps)) };
};
