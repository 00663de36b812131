import type { Lifetimes } from '../../lifetimes.ts';
import type { StoredKey } from '../../ports/signing-key-ring.ts';
import { keyMemory } from '../../signing-keys/current-keys.ts';
import type { AdminHandler } from '../admin-handler.ts';
import { AdminRefusal } from '../admin-refusal.ts';
import { isoTime } from '../iso-time.ts';
import { oneChange } from './one-change.ts';
import { noSigningKey, rowOf } from './signing-key-rows.ts';

/**
 * `signing-keys.retire`: the key signs no more. Its tokens are good until they expire; or at once worth nothing, where no
 * instance signs with it any more. Idempotent; a key that was retired can be made worthless later.
 */
export const retireSigningKey: AdminHandler = async ({ key: kid, input }, who, deps) => {
  const { signingKeyRing: ring, audit, clock, lifetimes, signingAlgorithm = 'RS256' } = deps;
  return oneChange(async () => {
    const [stored, now] = [await ring.all(), clock.now()];
    const key = stored.find((one) => one.kid === kid);
    if (!key) throw noSigningKey();
    const atOnce = input['atOnce'] === true;
    const goneAt = Math.min(key.goneAt ?? Infinity, atOnce ? now : lastToken(now, lifetimes));
    if (goneAt === key.goneAt) return rowOf(kid, stored, now);
    // Of another algorithm none could sign: the deployment has no right to it.
    const others = stored.filter((one) => one.kid !== kid && one.algorithm === signingAlgorithm);
    if (beganAt(key) <= now) requireProven(others, now);
    if (atOnce) requireUnused(key, others, now);
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
 * Another key must sign already, for so long that every instance knows it and KMS honours its tag.
 * @throws AdminRefusal with the moment at which it will
 */
function requireProven(others: readonly StoredKey[], now: number): void {
  const since = others.filter(({ retiredAt }) => retiredAt === undefined).map(beganAt);
  if (since.some((began) => began + keyMemory <= now)) return;
  const cure = since.length > 0 ? `Retire it from ${isoTime(Math.min(...since) + keyMemory)} on.` : 'Rotate first.';
  throw new AdminRefusal('protected', `Tokens are still signed with this key. ${cure}`);
}

/** @throws AdminRefusal while instances may sign with a key that they remember: nobody would take those tokens */
function requireUnused(key: StoredKey, others: readonly StoredKey[], now: number): void {
  const { retiredAt } = key;
  if (beganAt(key) > now + keyMemory || (retiredAt !== undefined && retiredAt + keyMemory <= now)) return;
  const newer = others.filter((other) => other.retiredAt === undefined && beganAt(other) >= beganAt(key));
  if (newer.some((other) => beganAt(other) + keyMemory <= now)) return;
  const cure =
    retiredAt === undefined
      ? 'Retire it without that first; five minutes later its tokens can be refused.'
      : `Refuse its tokens from ${isoTime(retiredAt + keyMemory)} on.`;
  throw new AdminRefusal('protected', `Instances may still sign with this key. ${cure}`);
}

/** When a key began to sign, or will: epoch seconds. */
function beganAt({ signsFrom, createdAt }: StoredKey): number {
  return signsFrom ?? createdAt;
}
