import type { ApiKeyRow } from './api-key-row.ts';
import { apiKeyRows } from './api-key-row.ts';
import { findApiKey } from './find-api-key.ts';
import type { KeyDeps } from './key-deps.ts';
import { freeKeyName } from './key-name.ts';
import { keySubject } from './key-subject.ts';

/**
 * Ends a key for good (F-B4): the guard refuses it within `grantCache` seconds. It stays in the history. Idempotent: the
 * first revocation stands.
 * @param who `by`: subject of who does it; `owner`: whose the key must be. @default anybody's, for administrators
 * @returns the row as it is now
 * @throws AdminRefusal `not_found`
 */
export async function revokeApiKey(
  keyId: string,
  who: { readonly by: string; readonly owner?: string },
  deps: Pick<KeyDeps, 'apiKeys' | 'names' | 'revocations' | 'clock' | 'stage' | 'audit'>,
): Promise<ApiKeyRow> {
  const key = await findApiKey(keyId, who.owner, deps);
  if (key.revokedAt === undefined) {
    await deps.apiKeys.revoke(keyId, who.by, deps.clock.now());
    await freeKeyName(key, deps);
    const type = who.owner === undefined ? 'admin.key.revoked' : 'account.key.revoked';
    deps.audit.record({ type, sub: who.by, changed: keySubject(keyId) });
  }
  const [row] = await apiKeyRows([await findApiKey(keyId, who.owner, deps)], deps);
  return row as ApiKeyRow;
}
