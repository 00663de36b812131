import { compactVerify } from 'jose';
import type { JWK } from 'jose';
import type { Client } from '../client.ts';
import { OAuthError } from '../errors.ts';
import type { ClientJwk, ClientKeys } from '../ports/client-keys.ts';
import { DocumentError } from '../ports/documents.ts';
import { assertionAlgorithms } from './assertion-algorithms.ts';
import type { ClientAssertion } from './read-assertion.ts';
import { refuseAssertion } from './refuse-assertion.ts';

/** Signatures that are tried for one assertion: a set of many keys without names must not buy work. */
const mostTries = 5;

/** The parts of a key that verify; whatever else its owner wrote into it, a private half above all, stays out. */
function publicHalf({ kty, n, e, crv, x, y }: ClientJwk): JWK {
  const parts = Object.entries({ kty, n, e, crv, x, y }).filter(([, value]) => typeof value === 'string');
  return Object.fromEntries(parts);
}

/** RFC 7517 §4: kind, curve, purpose and algorithm must all allow it; a key with another name is another key. */
function fits(key: ClientJwk, { algorithm, kid }: ClientAssertion): boolean {
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

async function verifies(assertion: ClientAssertion, keys: readonly ClientJwk[]): Promise<boolean> {
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

/**
 * Whether a key of the client signed the assertion. A client that has just changed its keys is asked for them again.
 * @throws OAuthError if its keys cannot be had
 */
export async function verifyAssertion(
  assertion: ClientAssertion,
  client: Client,
  clientKeys: ClientKeys,
): Promise<boolean> {
  try {
    if (await verifies(assertion, await clientKeys.find(client))) return true;
    if (client.jwksUri === undefined) return false;
    return await verifies(assertion, await clientKeys.find(client, { fresh: true }));
  } catch (cause) {
    if (!(cause instanceof DocumentError)) throw cause;
    // Not invalid_client: for that, clients throw their registration and tokens away.
    if (cause.kind === 'unavailable') {
      throw new OAuthError('temporarily_unavailable', 'the jwks_uri of the client does not answer; try again', {
        cause,
      });
    }
    throw refuseAssertion('keys', 'cannot be verified: the jwks_uri of the client gives no usable key set', cause);
  }
}
