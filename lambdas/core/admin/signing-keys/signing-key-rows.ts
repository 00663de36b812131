import type { SigningKey } from '../../ports/signing-keys.ts';
import { stateOf } from '../../signing-keys/current-keys.ts';
import type { AdminAnswer } from '../admin-handler.ts';
import { AdminRefusal } from '../admin-refusal.ts';
import { isoTime } from '../iso-time.ts';

/** Rows of the resource `signing-keys`, newest first; `gone` ones are left in KMS only. @param now epoch seconds */
export function signingKeyRows(keys: readonly SigningKey[], now: number): readonly AdminAnswer[] {
  const newestFirst = keys.toSorted((a, b) => b.createdAt - a.createdAt);
  // The newest that may sign does; one before it only where that cannot (core/tokens/sign-jws.ts).
  const signing = newestFirst.find((key) => stateOf(key, now) === 'signing');
  return newestFirst.map((key) => {
    const { kid, algorithm, createdAt, signsFrom = createdAt, retiredAt, goneAt = Infinity, keyArn, publicJwk } = key;
    const state = stateOf(key, now);
    return {
      kid,
      algorithm,
      state: goneAt <= now ? 'gone' : state === 'signing' && key !== signing ? 'published' : state,
      createdAt: isoTime(createdAt),
      ...(retiredAt === undefined && { signsFrom: isoTime(signsFrom) }),
      ...(retiredAt !== undefined && { retiredAt: isoTime(retiredAt) }),
      ...(goneAt < Infinity && { goneAt: isoTime(goneAt) }),
      keyArn,
      publicJwk,
    };
  });
}

/** The row of one key. @throws AdminRefusal `not_found` */
export function rowOf(kid: string, keys: readonly SigningKey[], now: number): AdminAnswer {
  const row = signingKeyRows(keys, now).find((one) => one['kid'] === kid);
  if (!row) throw noSigningKey();
  return row;
}

export function noSigningKey(): AdminRefusal {
  return new AdminRefusal('not_found', 'There is no signing key with this id.');
}
