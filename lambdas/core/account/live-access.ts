import type { SelfServiceDeps } from '../admin/deps.ts';
import type { Grant } from '../grant.ts';
import type { Page, PageRequest } from '../page.ts';
import type { Consent } from '../ports/consents.ts';
import type { RevocationTarget } from '../ports/revocations.ts';
import { isRevokedWith } from '../resource/is-revoked-with.ts';

type Deps = Pick<SelfServiceDeps, 'sessionList' | 'consentList' | 'revocations' | 'clock'>;

/** Up to when what a person gave each client was taken back, whichever way; one read for 49 clients. */
async function endOfEach(
  sub: string,
  clientIds: readonly string[],
  { revocations }: Pick<Deps, 'revocations'>,
): Promise<(clientId: string) => number> {
  const distinct = [...new Set(clientIds)];
  if (distinct.length === 0) return () => 0;
  const targets = distinct.flatMap((clientId): RevocationTarget[] => [
    { kind: 'client', clientId },
    { kind: 'consent', sub, clientId },
  ]);
  const [person = 0, ...rest] = await revocations.latestOfEach([{ kind: 'person', sub }, ...targets]);
  return (clientId) => {
    const at = 2 * distinct.indexOf(clientId);
    return Math.max(person, rest[at] ?? 0, rest[at + 1] ?? 0);
  };
}

/** A page of what a person's clients hold now, the newest first. What a mark has ended is left out (docs/decisions/0021). */
export async function liveSessions(
  by: { readonly person: string; readonly client?: string },
  page: PageRequest,
  deps: Deps,
): Promise<Page<Grant>> {
  const { items, ...rest } = await deps.sessionList.list(by, page, deps.clock.now());
  const clientIds = items.map(({ clientId }) => clientId);
  const endOf = await endOfEach(by.person, clientIds, deps);
  return { ...rest, items: items.filter((grant) => !isRevokedWith(grant, endOf(grant.clientId))) };
}

/** A page of what a person allowed clients to get without being asked again, by client. */
export async function liveConsents(
  by: { readonly person: string; readonly client?: string },
  page: PageRequest,
  deps: Deps,
): Promise<Page<Consent>> {
  const { items, ...rest } = await deps.consentList.list(by, page);
  const clientIds = items.map(({ clientId }) => clientId);
  const endOf = await endOfEach(by.person, clientIds, deps);
  return { ...rest, items: items.filter((consent) => consent.updatedAt > endOf(consent.clientId)) };
}
