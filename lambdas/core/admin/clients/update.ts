import type { Client } from '../../client.ts';
import { plainName } from '../../plain-name.ts';
import type { AdminHandler } from '../admin-handler.ts';
import type { AdminDeps } from '../deps.ts';
import { freeClientName, takeClientName } from './client-name.ts';
import { clientRow } from './client-row.ts';
import type { WantedClient } from './judge-client.ts';
import { judgeClient } from './judge-client.ts';
import { changedMeanwhile, editableClient } from './known-client.ts';
import { allowReaders, settleReaders } from './settle-secret.ts';

/**
 * `clients.update`: other metadata in place of a client's, if nobody changed it since it was read. The new name is
 * taken before, the old one freed after the write: a crash leaves a name too many, which its holder does not bear and
 * so loses to whoever asks for it.
 */
export const updateClient: AdminHandler = async ({ key, input }, who, deps) => {
  const current = await editableClient(key, deps);
  if ((current.revision ?? 0) !== input['version']) throw changedMeanwhile();
  const wanted = judgeClient(input, deps, current);
  const { clientId } = current;
  await takeClientName(wanted.clientName, clientId, deps);
  const newReaders = current.secretArn !== undefined && hasOtherReaders(current, wanted);
  // Before the write: a reader whom AWS does not know is a mistake, after which nothing is written.
  if (newReaders) await allowReaders(clientId, wanted.secretReaders ?? [], deps);
  const next = replaced(current, wanted);
  const isMine = await deps.clientRegistry.replace(next);
  if (newReaders) await settleReaders(clientId, deps);
  if (!isMine) throw changedMeanwhile();
  await freeOldName(current, wanted, deps);
  deps.audit.record({ type: 'admin.client.updated', sub: who.sub, clientId });
  return clientRow(next, deps.clock.now());
};

/** What is not entered is gone, but what administrators do not enter here. */
function replaced(current: Client, wanted: WantedClient): Client {
  const { machineScopes: _, secretReaders: __, jwksUri: ___, ...kept } = current;
  return { ...kept, ...wanted, revision: (current.revision ?? 0) + 1 };
}

function hasOtherReaders({ secretReaders: before = [] }: Client, { secretReaders: after = [] }: WantedClient): boolean {
  return JSON.stringify(before) !== JSON.stringify(after);
}

async function freeOldName({ clientId, clientName }: Client, wanted: WantedClient, deps: AdminDeps): Promise<void> {
  if (plainName(clientName ?? '') !== plainName(wanted.clientName)) await freeClientName(clientName, clientId, deps);
}
