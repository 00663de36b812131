import { isoTime } from '../admin/iso-time.ts';
import type { ApiKey } from '../api-key.ts';
import type { KeyDeps } from './key-deps.ts';
import { keyState, revokedAt } from './key-state.ts';
import { keySubject } from './key-subject.ts';
import { keyPrefix } from './key-text.ts';

/** A key as people see it: the members of the resource `keys` in contract/admin/resources.ts. */
export type ApiKeyRow = Readonly<Record<string, unknown>> & {
  readonly key: string;
  readonly name: string;
  /** All that may be shown of the key. */
  readonly prefix: string;
  readonly state: 'active' | 'expired' | 'revoked';
};

/** The rows of some keys, with what became of their owners: one read for up to 100. */
export async function apiKeyRows(
  keys: readonly ApiKey[],
  deps: Pick<KeyDeps, 'revocations' | 'clock' | 'stage'>,
): Promise<readonly ApiKeyRow[]> {
  const owners = [...new Set(keys.map(({ owner }) => owner))];
  const seconds = await deps.revocations.latestOfEach(owners.map((sub) => ({ kind: 'person', sub })));
  return keys.map((key) => rowOf(key, seconds[owners.indexOf(key.owner)] ?? 0, deps));
}

function rowOf(key: ApiKey, ownerRevokedBefore: number, { clock, stage }: Pick<KeyDeps, 'clock' | 'stage'>): ApiKeyRow {
  const times = {
    createdAt: key.createdAt,
    expiresAt: key.expiresAt,
    lastUsedAt: key.lastUsedAt,
    revokedAt: revokedAt(key, ownerRevokedBefore),
  };
  const known = Object.entries(times).filter((entry): entry is [string, number] => entry[1] !== undefined);
  return {
    key: key.keyId,
    name: key.name,
    prefix: keyPrefix(stage, key.keyId),
    state: keyState(key, ownerRevokedBefore, clock.now()),
    servers: key.servers,
    permissions: key.permissions,
    paths: key.paths,
    owner: key.owner,
    actsAs: key.sub,
    caller: keySubject(key.keyId),
    ...Object.fromEntries(known.map(([name, seconds]) => [name, isoTime(seconds)])),
    ...(key.ownerEmail !== undefined && { email: key.ownerEmail }),
    ...(key.lastUsedFrom !== undefined && { lastUsedFrom: key.lastUsedFrom }),
    ...(key.revokedBy !== undefined && { revokedBy: key.revokedBy }),
  };
}
