import type { SigningKey } from '../ports/signing-keys.ts';

/** Seconds for which an instance may remember the stored keys. */
export const keyMemory = 300;

/**
 * What stored keys are at a moment: those that JWKS publishes, in the state that the time gives them. So a key begins to
 * sign, and leaves JWKS, without anybody having to do it.
 * @param now epoch seconds
 */
export function currentKeys(stored: readonly SigningKey[], now: number): readonly SigningKey[] {
  return stored.filter(({ goneAt = Infinity }) => now < goneAt).map((key) => ({ ...key, state: stateOf(key, now) }));
}

/** The state of a key by itself; of several that may sign, the newest does (`core/tokens/sign-jws.ts`). */
export function stateOf({ state, retiredAt, signsFrom }: SigningKey, now: number): SigningKey['state'] {
  if (retiredAt !== undefined) return 'retired';
  // The first key of a house has none: it signs at once, also where a clock is behind.
  return state === 'signing' && signsFrom !== undefined && signsFrom > now ? 'published' : state;
}
