import type { AdminHandler } from '../admin-handler.ts';
import { revokedBeforeEach } from '../revoked-before.ts';
import { textInput } from '../text-input.ts';
import { consentRows } from './consent-row.ts';

/** `consents.list`: without what a mark has ended and nobody has deleted yet (docs/decisions/0021). */
export const listConsents: AdminHandler = async ({ input, page }, _who, deps) => {
  const by = { ...textInput(input, 'person'), ...textInput(input, 'client') };
  const { items, ...rest } = await deps.consentList.list(by, page);
  const seconds = await revokedBeforeEach(items, deps);
  const live = items.filter(({ updatedAt }, at) => updatedAt > (seconds[at] ?? 0));
  return { ...rest, items: await consentRows(live, deps) };
};
