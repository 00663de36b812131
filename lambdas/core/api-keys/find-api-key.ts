import { AdminRefusal } from '../admin/admin-refusal.ts';
import type { ApiKey } from '../api-key.ts';
import type { KeyDeps } from './key-deps.ts';

/**
 * A key by its id.
 * @param owner subject of the person whose it must be. @default anybody's
 * @throws AdminRefusal `not_found`, in the same words for another person's key as for none
 */
export async function findApiKey(
  keyId: string,
  owner: string | undefined,
  { apiKeys }: Pick<KeyDeps, 'apiKeys'>,
): Promise<ApiKey> {
  const key = /^[0-9A-Za-z]{16}$/.test(keyId) ? await apiKeys.find(keyId) : undefined;
  if (key && (owner === undefined || key.owner === owner)) return key;
  throw new AdminRefusal('not_found', 'There is no such API key.');
}
