import type { AdminHandler } from '../admin-handler.ts';
import { clientNames } from '../client-names.ts';
import { revokedBeforeEach } from '../revoked-before.ts';
import { textInput } from '../text-input.ts';
import { consentRow } from './consent-row.ts';

/** `consents.list`: without what a mark has ended and nobody has deleted yet (docs/decisions/0021). */
export const listConsents: AdminHandler = async ({ input, page }, _who, deps) => {
  const by = { ...textInput(input, 'person'), ...textInput(input, 'client') };
  const { items, ...rest } = await deps.consentList.list(by, page);
  const [seconds, nameOf] = await Promise.all([revokedBeforeEach(items, deps), clientNames(items, deps)]);
  const live = items.filter(({ updatedAt }, at) => updatedAt > (seconds[at] ?? 0));
  return { ...rest, items: live.map((consent) => consentRow(consent, nameOf, deps)) };
};
