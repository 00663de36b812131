import { AdminRefusal } from '../admin-refusal.ts';
import type { AdminDeps } from '../deps.ts';

const [kind, name] = ['signing-keys', 'change'];

/**
 * Does one change of the keys at a time. Two that retire the last two keys at once would each see the other's one, and
 * leave none that signs; two that rotate would make two keys. Whoever crashes blocks the others for a minute, which is
 * longer than a function may run.
 * @throws AdminRefusal `changed` while another change goes on
 */
export async function oneChange<T>(
  work: () => Promise<T>,
  { names, entropy, clock }: Pick<AdminDeps, 'names' | 'entropy' | 'clock'>,
): Promise<T> {
  const holder = entropy.token(16);
  if (!(await names.take(kind, name, holder, async () => true, clock.now()))) {
    throw new AdminRefusal('changed', 'Somebody else changes the signing keys right now. Look again in a minute.');
  }
  try {
    return await work();
  } finally {
    // What was done is done; the name lapses by itself.
    await names.free(kind, name, holder).catch(() => undefined);
  }
}
