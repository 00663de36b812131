import { describe, expect, test } from 'vitest';
import { isSecretOf } from '../../../lambdas/core/client-auth/secret.ts';
import { digest } from '../../../lambdas/core/digest.ts';
import { confidentialClient, publicClient, secret } from '../fixtures.ts';

const until = 1_800_000_000;
const rotated = {
  ...confidentialClient,
  secretDigest: digest('new'),
  previousSecretDigest: digest(secret),
  previousSecretUntil: until,
};

describe('F-B5 two live secrets', () => {
  test.each([
    ['the new one, in the overlap and after it', rotated, 'new', [true, true, true]],
    ['the old one, until exactly its end', rotated, secret, [true, false, false]],
    ['another one', rotated, 'wrong', [false, false, false]],
    ['an empty one', rotated, '', [false, false, false]],
    ['its digest', rotated, digest(secret), [false, false, false]],
    ['an old one without an end', { ...rotated, previousSecretUntil: undefined }, secret, [false, false, false]],
    [
      'the old one of a client that became public',
      { ...publicClient, ...rotated, tokenEndpointAuthMethod: 'none' },
      secret,
      [false, false, false],
    ],
    ['none at a client without secrets', publicClient, '', [false, false, false]],
  ])('%s', (_, client, sent, expected) => {
    const times = [until - 1, until, until + 1];
    expect(times.map((now) => isSecretOf(client as typeof confidentialClient, sent, now))).toEqual(expected);
  });
});
