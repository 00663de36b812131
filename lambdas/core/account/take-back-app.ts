import { AdminRefusal } from '../admin/admin-refusal.ts';
import type { SelfServiceDeps } from '../admin/deps.ts';
import { endConsent } from '../admin/revoke/end-consent.ts';
import { ownApp } from './own-app.ts';

type Deps = Parameters<typeof ownApp>[2] & Pick<SelfServiceDeps, 'audit'>;

/**
 * Takes back all that a client has of a person, and what it would get without asking. Done already, it is done.
 * @throws AdminRefusal `not_found` if the client never had anything of theirs
 */
export async function takeBackApp(clientId: string, sub: string, deps: Deps): Promise<void> {
  try {
    await ownApp(clientId, sub, deps);
  } catch (error) {
    // A double click must not end in a page that says nothing is here.
    const was = await deps.revocations.latest([{ kind: 'consent', sub, clientId }]);
    if (error instanceof AdminRefusal && was > 0) return;
    throw error;
  }
  await endConsent({ sub, clientId }, { sub, place: 'account' }, deps);
}
