import type { SelfServiceDeps } from '../admin/deps.ts';
import { revokedBeforeEach } from '../admin/revoked-before.ts';
import type { Grant } from '../grant.ts';
import type { Page, PageRequest } from '../page.ts';
import type { Consent } from '../ports/consents.ts';
import { isRevokedWith } from '../resource/is-revoked-with.ts';

type Deps = Pick<SelfServiceDeps, 'sessionList' | 'consentList' | 'revocations' | 'clock'>;

/** A page of what a person's clients hold now, the newest first. What a mark has ended is left out (docs/decisions/0021). */
export async function liveSessions(
  by: { readonly person: string; readonly client?: string },
  page: PageRequest,
  deps: Deps,
): Promise<Page<Grant>> {
  const { items, ...rest } = await deps.sessionList.list(by, page, deps.clock.now());
  const seconds = await revokedBeforeEach(items, deps);
  return { ...rest, items: items.filter((grant, at) => !isRevokedWith(grant, seconds[at] ?? 0)) };
}

/** A page of what a person allowed clients to get without being asked again, by client. */
export async function liveConsents(
  by: { readonly person: string; readonly client?: string },
  page: PageRequest,
  deps: Deps,
): Promise<Page<Consent>> {
  const { items, ...rest } = await deps.consentList.list(by, page);
  const seconds = await revokedBeforeEach(items, deps);
  return { ...rest, items: items.filter(({ updatedAt }, at) => updatedAt > (seconds[at] ?? 0)) };
}
