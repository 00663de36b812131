import { digest } from '../../digest.ts';
import { findClient } from '../../find-client.ts';
import { UnknownReaders } from '../../ports/client-secrets.ts';
import { refuseFields } from '../admin-refusal.ts';
import type { AdminDeps } from '../deps.ts';

type Deps = Pick<AdminDeps, 'clients' | 'clientSecrets' | 'clock'>;

/** Rounds until what is stored and what Secrets Manager knows agree; each is one more change at the same time. */
const most = 5;

/** @throws AdminRefusal invalid if AWS does not know a reader */
export async function allowReaders(clientId: string, readers: readonly string[], deps: Deps): Promise<void> {
  try {
    await deps.clientSecrets.allow(clientId, readers);
  } catch (error) {
    if (!(error instanceof UnknownReaders)) throw error;
    refuseFields([{ field: 'secretReaders', message: 'AWS knows no principal of one of these names. Check them.' }]);
  }
}

/** Lets those read who are stored as readers, whoever changed them last. */
export async function settleReaders(clientId: string, deps: Deps): Promise<void> {
  for (let round = 0; round < most; round += 1) {
    const before = await findClient(clientId, deps);
    if (before?.secretArn === undefined) return;
    await deps.clientSecrets.allow(clientId, before.secretReaders ?? []);
    const after = await findClient(clientId, deps);
    if (after?.revision === before.revision) return;
  }
}

/**
 * Places a secret that is stored already. If another one was stored meanwhile, that one becomes current, in whatever
 * order the two arrive: each looks after it placed its own.
 */
export async function placeSecret(clientId: string, secret: string, deps: Deps): Promise<void> {
  await deps.clientSecrets.put(clientId, secret);
  const stored = await findClient(clientId, deps);
  if (!stored) return deps.clientSecrets.remove(clientId);
  const { secretDigest } = stored;
  if (secretDigest !== undefined && secretDigest !== digest(secret)) {
    await deps.clientSecrets.makeCurrent(clientId, secretDigest);
  }
}
