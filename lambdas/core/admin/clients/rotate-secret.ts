import type { Client } from '../../client.ts';
import { digest } from '../../digest.ts';
import type { AdminHandler } from '../admin-handler.ts';
import { AdminRefusal, refuseFields } from '../admin-refusal.ts';
import type { AdminDeps } from '../deps.ts';
import { drawFor, keyUsedBefore, repeatWindow } from '../repeatable.ts';
import { clientRow } from './client-row.ts';
import { changedMeanwhile, editableClient } from './known-client.ts';
import { placeSecret } from './settle-secret.ts';

const hour = 3600;
/** A week. */
const mostHours = 168;

/**
 * `clients.rotate-secret`: stored first, then placed in Secrets Manager. After a crash in between, everybody still has
 * the old secret, which works for the overlap, and nobody the new one; the next rotation sees that and drops it.
 */
export const rotateClientSecret: AdminHandler = async ({ key, input, idempotencyKey }, who, deps) => {
  const current = await editableClient(key, deps);
  const { clientId, revision = 0 } = current;
  if (current.secretDigest === undefined) {
    throw new AdminRefusal('protected', 'This client has no secret: it is public, or signs with keys of its own.');
  }
  const overlap = overlapOf(input['overlapHours']);
  const secretAfter = async (before: number): Promise<string> => {
    const draw = await drawFor(`secret of ${clientId} after ${before}`, who.sub, idempotencyKey, deps);
    return `gs_${draw('secret')}`;
  };
  const repeated = idempotencyKey === undefined ? undefined : await secretAfter((current.secretRevision ?? 0) - 1);
  const isRepeated = repeated !== undefined && digest(repeated) === current.secretDigest;
  if (isRepeated) requireSameRotation(current, overlap, deps.clock.now());
  const secret = isRepeated ? repeated : await secretAfter(revision);
  const next = isRepeated ? current : await rotated(current, secret, overlap, deps);
  if (!isRepeated) {
    if (!(await deps.clientRegistry.replace(next))) throw changedMeanwhile();
    deps.audit.record({ type: 'admin.client.secret_rotated', sub: who.sub, clientId });
  }
  await placeSecret(clientId, secret, deps);
  return { ...clientRow(next, deps.clock.now()), secret };
};

/** @returns seconds */
function overlapOf(hours: unknown): number {
  if (typeof hours === 'number' && Number.isInteger(hours) && hours >= 0 && hours <= mostHours) return hours * hour;
  refuseFields([{ field: 'overlapHours', message: `Enter a whole number from 0 to ${mostHours}.` }]);
  return 0;
}

async function rotated(client: Client, secret: string, overlap: number, deps: AdminDeps): Promise<Client> {
  const { previousSecretDigest: older, previousSecretUntil: olderUntil = 0, secretDigest, ...kept } = client;
  const now = deps.clock.now();
  const revision = (client.revision ?? 0) + 1;
  const next = { ...kept, secretDigest: digest(secret), secretRevision: revision, secretRotatedAt: now, revision };
  if (overlap === 0) return next;
  const isOlderInUse = older !== undefined && olderUntil > now && !(await wasPlaced(client, deps));
  const previousSecretDigest = isOlderInUse ? older : secretDigest;
  return { ...next, ...(previousSecretDigest && { previousSecretDigest }), previousSecretUntil: now + overlap };
}

/** Whether the last rotation came to its end, so that its secret may be in use. */
async function wasPlaced({ clientId, secretDigest = '' }: Client, deps: AdminDeps): Promise<boolean> {
  return deps.clientSecrets.isCurrent(clientId, secretDigest);
}

/** @throws AdminRefusal if the key was used with another overlap, or too long ago for the secret to be shown again */
function requireSameRotation(client: Client, overlap: number, now: number): void {
  const { secretRotatedAt = 0, previousSecretUntil = secretRotatedAt } = client;
  if (previousSecretUntil - secretRotatedAt !== overlap) throw keyUsedBefore();
  if (secretRotatedAt + repeatWindow <= now) {
    throw new AdminRefusal('changed', 'This request was answered before. Its secret is not shown again; rotate anew.');
  }
}
