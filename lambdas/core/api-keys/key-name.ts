import { refuseFields } from '../admin/admin-refusal.ts';
import type { KeyDeps } from './key-deps.ts';
import { keyState } from './key-state.ts';

/** Names are each owner's own. */
function kindOf(owner: string): string {
  return `api-key#${owner}`;
}

/**
 * Gives a key its name, which no other key of the owner that still works has.
 * @throws AdminRefusal `invalid` for the field `name`
 */
export async function takeKeyName(
  { name, keyId, owner }: { readonly name: string; readonly keyId: string; readonly owner: string },
  now: number,
  { apiKeys, names, revocations }: Pick<KeyDeps, 'apiKeys' | 'names' | 'revocations'>,
): Promise<void> {
  const isGone = async (holder: string): Promise<boolean> => {
    const earlier = await apiKeys.find(holder);
    return !earlier || keyState(earlier, await revocations.latest([{ kind: 'person', sub: owner }]), now) !== 'active';
  };
  if (await names.take(kindOf(owner), name, keyId, isGone, now)) return;
  refuseFields([{ field: 'name', message: 'You have a key of this name. Revoke it first, or take another name.' }]);
}

/** Gives the name of a key back; idempotent. */
export function freeKeyName(
  { name, keyId, owner }: { readonly name: string; readonly keyId: string; readonly owner: string },
  { names }: Pick<KeyDeps, 'names'>,
): Promise<void> {
  return names.free(kindOf(owner), name, keyId);
}
