import type { Lifetimes } from '../../lifetimes.ts';
import type { StoredKey } from '../../ports/signing-key-ring.ts';
import { currentKeys, keyMemory } from '../../signing-keys/current-keys.ts';
import { oneChange } from '../../signing-keys/one-change.ts';
import type { AdminHandler } from '../admin-handler.ts';
import { AdminRefusal } from '../admin-refusal.ts';
import { isoTime } from '../iso-time.ts';
import { noSigningKey, rowOf } from './signing-key-rows.ts';

/**
 * `signing-keys.retire`: the key signs no more. Its tokens are good until they expire, or at once worth nothing: then
 * every instance must sign with another one already. Idempotent; a key that was retired can be made worthless later.
 */
export const retireSigningKey: AdminHandler = async ({ key: kid, input }, who, deps) => {
  const { signingKeyRing: ring, audit, clock, lifetimes } = deps;
  return oneChange(async () => {
    const [stored, now] = [await ring.all(), clock.now()];
    const key = stored.find((one) => one.kid === kid);
    if (!key) throw noSigningKey();
    const atOnce = input['atOnce'] === true;
    const goneAt = Math.min(key.goneAt ?? Infinity, atOnce ? now : lastToken(now, lifetimes));
    if (goneAt === key.goneAt) return rowOf(kid, stored, now);
    requireAnother(stored, kid, now, atOnce ? keyMemory : 0);
    const at = { retiredAt: key.retiredAt ?? now, goneAt };
    if (!(await ring.retire(kid, at))) throw noSigningKey();
    audit.record({ type: 'admin.signing_key.retired', sub: who.sub, changed: `signing-key:${kid}` });
    return rowOf(
      kid,
      stored.map((one) => (one.kid === kid ? { ...one, ...at } : one)),
      now,
    );
  }, deps);
};

/** When the last token has expired that an instance signed with a key that it remembered. */
function lastToken(now: number, { accessToken }: Lifetimes): number {
  return now + keyMemory + accessToken;
}

/**
 * @param since seconds for which another key must have been one that signs
 * @throws AdminRefusal if tokens could not be signed, or would be signed in vain
 */
function requireAnother(stored: readonly StoredKey[], kid: string, now: number, since: number): void {
  const others = currentKeys(stored, now - since).filter((key) => key.kid !== kid);
  if (others.some(({ state }) => state === 'signing')) return;
  const begins = others.flatMap(({ state, signsFrom }) => (state === 'published' && signsFrom ? [signsFrom] : []));
  const cure = begins.length > 0 ? `Retire it from ${isoTime(Math.min(...begins) + since)} on.` : 'Rotate first.';
  throw new AdminRefusal('protected', `Tokens are still signed with this key. ${cure}`);
}
