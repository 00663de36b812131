import type { SigningKey } from '../../ports/signing-keys.ts';
import type { AdminAnswer } from '../admin-handler.ts';
import { isoTime } from '../iso-time.ts';

/** Rows of the resource `signing-keys`, newest first. */
export function signingKeyRows(keys: readonly SigningKey[]): readonly AdminAnswer[] {
  const newestFirst = keys.toSorted((a, b) => b.createdAt - a.createdAt);
  // The newest that may sign does; one before it only until every instance knows (core/tokens/sign-jws.ts).
  const signing = newestFirst.find(({ state }) => state === 'signing');
  return newestFirst.map((key) => {
    const { kid, algorithm, createdAt, keyArn, publicJwk } = key;
    const state = key.state === 'signing' && key !== signing ? 'published' : key.state;
    return { kid, algorithm, state, createdAt: isoTime(createdAt), keyArn, publicJwk };
  });
}
