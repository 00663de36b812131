import { digest } from '../../digest.ts';
import type { StoredKey } from '../../ports/signing-key-ring.ts';
import { currentKeys, keyMemory } from '../../signing-keys/current-keys.ts';
import type { AdminHandler } from '../admin-handler.ts';
import { AdminRefusal } from '../admin-refusal.ts';
import { isoTime } from '../iso-time.ts';
import { oneChange } from './one-change.ts';
import { rowOf } from './signing-key-rows.ts';

/** Seconds for which caches keep JWKS. */
const jwksMemory = 300;
/**
 * Seconds for which a key is published before it signs: longer than a list without it can be about, so that nobody meets
 * a token of a key that he could not know.
 */
export const announcement = keyMemory + jwksMemory + 300;

/** `signing-keys.create`: the present key is signed with until the new one begins, and can be verified after that. */
export const rotateSigningKey: AdminHandler = async ({ input, idempotencyKey }, who, deps) => {
  const { signingKeyRing: ring, audit, clock, signingAlgorithm = 'RS256' } = deps;
  const madeBy = idempotencyKey === undefined ? undefined : digest(JSON.stringify([who.sub, idempotencyKey]));
  return oneChange(async () => {
    const [stored, now] = [await ring.all(), clock.now()];
    const earlier = madeBy === undefined ? undefined : stored.find((key) => key.madeBy === madeBy);
    if (earlier) return rowOf(earlier.kid, stored, now);
    const wait = input['atOnce'] === true ? 0 : announcement;
    requireNoOther(stored, now + wait, now);
    const made = await ring.make(signingAlgorithm, now);
    // To make a key takes seconds, in which instances read a list without it.
    const signsFrom = clock.now() + wait;
    const key: StoredKey = { ...made, signsFrom, ...(madeBy !== undefined && { madeBy }) };
    await ring.publish(key);
    audit.record({ type: 'admin.signing_key.created', sub: who.sub, changed: `signing-key:${key.kid}` });
    return rowOf(key.kid, [...stored, key], clock.now());
  }, deps);
};

/** @throws AdminRefusal if another key is about to begin, and the new one would not be sooner */
function requireNoOther(stored: readonly StoredKey[], signsFrom: number, now: number): void {
  const next = currentKeys(stored, now).find(
    ({ state, signsFrom: from = 0 }) => state === 'published' && from <= signsFrom,
  );
  if (next) {
    const from = isoTime(next.signsFrom ?? next.createdAt);
    throw new AdminRefusal('changed', `A new key is published already. It signs from ${from}.`);
  }
}
