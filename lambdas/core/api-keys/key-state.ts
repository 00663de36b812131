import type { ApiKey } from '../api-key.ts';

export type KeyState = 'active' | 'expired' | 'revoked';

/**
 * What a key is worth.
 * @param ownerRevokedBefore epoch second up to which all of the owner's access was revoked; 0: never
 * @param now epoch seconds
 */
export function keyState(key: ApiKey, ownerRevokedBefore: number, now: number): KeyState {
  if (revokedAt(key, ownerRevokedBefore) !== undefined) return 'revoked';
  return key.expiresAt !== undefined && key.expiresAt <= now ? 'expired' : 'active';
}

/** Epoch second in which a key was ended, by itself or with all that its owner had; undefined: it was not. */
export function revokedAt(key: ApiKey, ownerRevokedBefore: number): number | undefined {
  const { createdAt, expiresAt = Infinity } = key;
  // docs/decisions/0021: what began in the second of a revocation, or before, is dead. What had expired was so already.
  const endedByOwner = createdAt <= ownerRevokedBefore && ownerRevokedBefore < expiresAt;
  return key.revokedAt ?? (endedByOwner ? ownerRevokedBefore : undefined);
}
