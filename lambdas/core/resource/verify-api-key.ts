import { keyState } from '../api-keys/key-state.ts';
import type { Stage } from '../api-keys/key-text.ts';
import { readKeyText } from '../api-keys/key-text.ts';
import type { ApiKey } from '../api-key.ts';
import { digest, sameText } from '../digest.ts';
import type { ApiKeys } from '../ports/api-keys.ts';
import type { Clock } from '../ports/clock.ts';
import type { Revocations } from '../ports/revocations.ts';
import { putNewest } from '../put-newest.ts';

export interface ApiKeyVerifierOptions {
  readonly apiKeys: Pick<ApiKeys, 'find'>;
  readonly revocations: Pick<Revocations, 'latest'>;
  readonly clock: Clock;
  /** Of this deployment: keys of another stage are refused unasked. */
  readonly stage: Stage;
  /** Seconds for which what was read may be believed: the bound within which a revocation counts (D9). */
  readonly seconds: number;
  /**
   * Keys kept in memory.
   * @default 10000
   */
  readonly maxEntries?: number;
}

/**
 * A key that opens something, or why it does not, for the log: to the outside all reasons are one. `keyId` is what was
 * claimed, `key` is there where the one who asks has the whole key.
 */
export type KeyVerdict =
  | { readonly key: ApiKey; readonly reason?: undefined; readonly keyId?: undefined }
  | { readonly reason: string; readonly keyId?: string; readonly key?: ApiKey };

/** Judges what somebody presents as an API key. Throws what the store throws: an unreadable key opens nothing. */
export type ApiKeyVerifier = (text: string) => Promise<KeyVerdict>;

/** What was read of a key. */
interface Known {
  readonly key: ApiKey;
  readonly ownerRevokedBefore: number;
  /** Epoch seconds from which on the store is asked again. */
  readonly until: number;
}

/** Verifies API keys (F-B3) and remembers them for a bounded time and in bounded number. */
export function apiKeyVerifier(options: ApiKeyVerifierOptions): ApiKeyVerifier {
  const memory = new Map<string, Known>();
  return async (text) => {
    // A typo, a cut key or any other text costs no call.
    const read = readKeyText(text);
    if (!read) return { reason: 'key_malformed' };
    if (read.stage !== options.stage) return { reason: 'key_other_stage', keyId: read.keyId };
    const known = await look(read.keyId, memory, options);
    if (!known) return { reason: 'key_unknown', keyId: read.keyId };
    const { key, ownerRevokedBefore } = known;
    if (!sameText(digest(text), key.digest)) return { reason: 'key_wrong', keyId: read.keyId };
    // What is remembered of the past stays true; whether a key has expired, the clock says each time.
    const state = keyState(key, ownerRevokedBefore, options.clock.now());
    if (state === 'active') return { key };
    const byOwner = state === 'revoked' && key.revokedAt === undefined;
    return { reason: byOwner ? 'key_owner_revoked' : `key_${state}`, keyId: key.keyId, key };
  };
}

/** `now` is taken before the store is asked, so that a slow answer is not believed for longer. */
async function look(
  keyId: string,
  memory: Map<string, Known>,
  { apiKeys, revocations, clock, seconds, maxEntries = 10_000 }: ApiKeyVerifierOptions,
): Promise<Known | undefined> {
  const now = clock.now();
  const known = memory.get(keyId);
  if (known && now < known.until) return known;
  memory.delete(keyId);
  const key = await apiKeys.find(keyId);
  // Unknown ids are not remembered: guesses are never the same, and would push out what is in use.
  if (!key) return undefined;
  const ownerRevokedBefore = await revocations.latest([{ kind: 'person', sub: key.owner }]);
  const found = { key, ownerRevokedBefore, until: now + seconds };
  if (seconds > 0) putNewest(memory, keyId, found, maxEntries);
  return found;
}
