import { findClient } from '../../find-client.ts';
import { plainName } from '../../plain-name.ts';
import { refuseFields } from '../admin-refusal.ts';
import type { AdminDeps } from '../deps.ts';

const kind = 'client';

/**
 * Takes a name among the clients that administrators register: on the consent page people tell clients by it.
 * @throws AdminRefusal invalid if another one has it
 */
export async function takeClientName(
  name: string,
  clientId: string,
  deps: Pick<AdminDeps, 'names' | 'clients' | 'clock'>,
): Promise<void> {
  // Gone too is who took the name for a change that then failed.
  const isGone = async (holder: string): Promise<boolean> => {
    const client = await findClient(holder, deps);
    return plainName(client?.clientName ?? '') !== plainName(name);
  };
  if (await deps.names.take(kind, name, clientId, isGone, deps.clock.now())) return;
  refuseFields([{ field: 'clientName', message: 'Another client has this name. Choose one that tells them apart.' }]);
}

/** Frees a name; idempotent. */
export async function freeClientName(name: string | undefined, clientId: string, deps: Pick<AdminDeps, 'names'>) {
  if (name !== undefined) await deps.names.free(kind, name, clientId);
}
