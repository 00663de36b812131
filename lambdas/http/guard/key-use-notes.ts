import type { ApiKey } from '../../core/api-key.ts';
import type { ApiKeys } from '../../core/ports/api-keys.ts';
import type { Clock } from '../../core/ports/clock.ts';
import { putNewest } from '../../core/put-newest.ts';

export interface KeyUseNotesOptions {
  readonly apiKeys: Pick<ApiKeys, 'noteUse'>;
  readonly clock: Clock;
  /** Of the request that runs, as far as it is known. */
  readonly address: () => string | undefined;
  /** Hears that a note was not written; the call passes all the same. */
  readonly onFailure: (error: unknown) => void;
  /**
   * Keys remembered at once; the oldest goes first.
   * @default 10000
   */
  readonly maxEntries?: number;
}

/** Seconds between two notes of one key (F-B4). */
const interval = 300;
/** Milliseconds for which a call waits for its note. */
const patience = 500;

/** Notes that a key was used, at most once in five minutes, and asks for it no oftener. Never throws. */
export function keyUseNotes(options: KeyUseNotesOptions): (key: ApiKey) => Promise<void> {
  const { apiKeys, clock, address, onFailure, maxEntries = 10_000 } = options;
  const noted = new Map<string, number>();
  return async ({ keyId, lastUsedAt = 0 }) => {
    const now = clock.now();
    if (now - Math.max(lastUsedAt, noted.get(keyId) ?? 0) <= interval) return;
    // Before the write, so that parallel calls and a table that is away cause one attempt.
    putNewest(noted, keyId, now, maxEntries);
    const written = apiKeys.noteUse(keyId, address(), now, interval).catch(onFailure);
    await Promise.race([written, new Promise((done) => setTimeout(done, patience).unref())]);
  };
}
