import type { Clock } from '../core/ports/clock.ts';
import type { SigningKeys } from '../core/ports/signing-keys.ts';

/** The published keys, read by a signed `fetch` and remembered for five minutes. */
export function publishedKeys(_table: string, _clock: Clock): SigningKeys {
  throw new Error('not built yet');
}
