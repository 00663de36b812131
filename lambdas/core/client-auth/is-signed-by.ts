import { compactVerify } from 'jose';
import type { JWK } from 'jose';
import { isCompactJws } from '../compact-jws.ts';
import type { ClientJwk } from '../ports/client-keys.ts';
import { assertionAlgorithms } from './assertion-algorithms.ts';
import type { ClientAssertion } from './read-assertion.ts';

/** What is known of an assertion before its signature is checked. */
type SignedText = Pick<ClientAssertion, 'jwt' | 'algorithm' | 'kid'>;

/** Signatures that are tried for one assertion: a set of many keys without names must not buy work. */
const mostTries = 5;

/** The parts of a key that verify; whatever else its owner wrote into it, a private half above all, stays out. */
function publicHalf({ kty, n, e, crv, x, y }: ClientJwk): JWK {
  const parts = Object.entries({ kty, n, e, crv, x, y }).filter(([, value]) => typeof value === 'string');
  return Object.fromEntries(parts);
}

/** RFC 7517 §4: kind, curve, purpose and algorithm must all allow it; a key with another name is another key. */
function fits(key: ClientJwk, { algorithm, kid }: SignedText): boolean {
  const wanted = assertionAlgorithms[algorithm];
  const operations = key['key_ops'];
  return (
    key['kty'] === wanted?.kty &&
    (wanted?.crv === undefined || key['crv'] === wanted.crv) &&
    [undefined, 'sig'].includes(key['use'] as string | undefined) &&
    [undefined, algorithm].includes(key['alg'] as string | undefined) &&
    (operations === undefined || (Array.isArray(operations) && operations.includes('verify'))) &&
    (kid === undefined || key['kid'] === undefined || key['kid'] === kid)
  );
}

/** Whether one of the keys signed the text. */
export async function isSignedBy(assertion: SignedText, keys: readonly ClientJwk[]): Promise<boolean> {
  if (!isCompactJws(assertion.jwt)) return false;
  for (const key of keys.filter((candidate) => fits(candidate, assertion)).slice(0, mostTries)) {
    try {
      await compactVerify(assertion.jwt, publicHalf(key), { algorithms: [assertion.algorithm] });
      return true;
    } catch {
      // Not this key, or no key at all: the next one may be.
    }
  }
  return false;
}
