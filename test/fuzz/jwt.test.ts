import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { isSignedBy } from '../../lambdas/core/client-auth/is-signed-by.ts';
import { readAssertion } from '../../lambdas/core/client-auth/read-assertion.ts';
import { verifyDpopProof } from '../../lambdas/core/dpop/verify-dpop-proof.ts';
import { readIdJag } from '../../lambdas/core/id-jag/read-id-jag.ts';
import { parseClaims } from '../../lambdas/core/resource/parse-claims.ts';
import { verifyAccessToken } from '../../lambdas/core/resource/verify-access-token.ts';
import { assertion, ec, signingClient } from '../core/client-auth/assertions.ts';
import { HandClock, issuer as gate } from '../core/fixtures.ts';
import { issuer, keyPair, mint, now, publish, server } from '../resource/forge.ts';
import type { KeyPair } from '../resource/forge.ts';
import { DpopKey } from '../rig/dpop-key.ts';
import { holdProperty } from '../rig/hold-property.ts';
import { hostileJson, hostileText, mutated } from './hostile.ts';
import { accepted } from './judged.ts';

const call = { method: 'POST', url: `${gate}/token`, now };
const encode = (value: unknown) => Buffer.from(JSON.stringify(value) ?? '').toString('base64url');
const terms = { runs: 400, seconds: 1.5 };

let pairs: readonly KeyPair[];
let dpopKey: DpopKey;
beforeAll(async () => {
  const algorithms = ['RS256', 'ES256', 'EdDSA'] as const;
  pairs = await Promise.all(algorithms.map((algorithm) => keyPair(algorithm, algorithm)));
  dpopKey = await DpopKey.create();
});

/** What takes a JWT, with one that it takes. */
async function readers(): Promise<Record<string, { good: string; other: string; read: (jwt: string) => unknown }>> {
  const keys = publish(pairs.map(({ key }) => key));
  const readAccess = (token: string) => verifyAccessToken(token, { issuer, server, keys, clock: { now: () => now } });
  const access = pairs.map(async (pair) => {
    const good = await mint(pair);
    return [pair.key.algorithm, { good, other: await mint(pair, { sub: 'mallory' }), read: readAccess }] as const;
  });
  const readClient = async (jwt: string) => {
    const claims = readAssertion(jwt, { issuer: gate, now: new HandClock().now() });
    return (await isSignedBy(claims, signingClient.jwks?.keys ?? [])) ? claims : undefined;
  };
  return {
    ...Object.fromEntries(await Promise.all(access)),
    'client assertion': {
      good: await assertion(),
      other: await assertion({ claims: { jti: 'other' } }),
      read: readClient,
    },
    'DPoP proof': {
      good: await dpopKey.prove(call),
      other: await dpopKey.prove(call),
      read: (jwt) => verifyDpopProof(jwt, call),
    },
  };
}

describe('RS-05 RFC 8725 a signed token is taken as it was signed, or not at all', () => {
  test.each(['RS256', 'ES256', 'EdDSA', 'client assertion', 'DPoP proof'])('%s', async (name) => {
    const reader = (await readers())[name];
    if (!reader) throw new Error(name);
    const { good, other, read } = reader;
    expect(await accepted(() => read(good))).toBeDefined();
    const swapped = [0, 1, 2].map((at) => good.split('.').map((part, i) => (i === at ? other.split('.')[i] : part)));
    const swaps = swapped.map((parts) => parts.join('.')).filter((jwt) => jwt !== good);
    expect(swaps.length).toBeGreaterThan(0);
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_+/=. ';
    const single = fc
      .tuple(fc.nat({ max: good.length - 1 }), fc.constantFrom(...alphabet))
      .map(([at, letter]) => good.slice(0, at) + letter + good.slice(at + 1));
    // The last letters carry bits that no byte needs: the place where two spellings of one signature hide.
    const tails = [...alphabet].map((letter) => good.slice(0, -1) + letter);
    for (const jwt of [...swaps, ...tails, `${good}=`, `${good}.`, ` ${good}`, `${good}\n`]) {
      if (jwt !== good) expect(await accepted(() => read(jwt)), jwt.slice(-20)).toBeUndefined();
    }
    await holdProperty(
      fc.oneof(single, mutated(good)),
      async (jwt) => {
        if (jwt !== good) expect(await accepted(() => read(jwt))).toBeUndefined();
      },
      terms,
    );
  });
});

describe('whatever is sent in place of a JWT is refused in time', () => {
  const header = fc.oneof(
    fc.record({ alg: fc.constantFrom<unknown>('none', 'HS256', 'RS256', 'ES256', '', 1, null), kid: hostileJson }),
    fc.record({ alg: fc.constant('ES256'), typ: fc.constant('dpop+jwt'), jwk: hostileJson }),
    fc.record({
      alg: fc.constant('RS256'),
      kid: fc.constant('RS256'),
      crit: hostileJson,
      b64: hostileJson,
      jku: hostileJson,
    }),
    hostileJson,
  );
  const unsigned = fc
    .tuple(header, hostileJson, fc.constantFrom('', 'AAAA', 'A'.repeat(86), 'A'.repeat(342)))
    .map(([head, payload, signature]) => `${encode(head)}.${encode(payload)}.${signature}`);

  test.each(['RS256', 'client assertion', 'DPoP proof'])('%s', async (name) => {
    const reader = (await readers())[name];
    await holdProperty(
      fc.oneof(unsigned, hostileText),
      async (jwt) => expect(await accepted(() => reader?.read(jwt))).toBeUndefined(),
      terms,
    );
  });

  test('RS-05 claims of every shape', async () => {
    const claims = ['iss', 'sub', 'aud', 'exp', 'iat', 'nbf', 'jti', 'gid', 'client_id', 'scope', 'cnf', 'act'];
    const changes = fc.dictionary(fc.constantFrom(...claims, 'authorization_details'), hostileJson, { maxKeys: 3 });
    const good = {
      iss: gate,
      sub: 's',
      aud: `${gate}/mcp`,
      exp: now + 60,
      iat: now,
      jti: 'j',
      gid: 'g',
      client_id: 'c',
      scope: '',
    };
    await holdProperty(
      changes,
      async (change) => {
        const payload = Buffer.from(JSON.stringify({ ...good, ...change }));
        const read = await accepted(() => parseClaims(payload, { issuer: gate, resource: `${gate}/mcp`, now }));
        if (!read) return;
        expect([read.iss, read.aud]).toEqual([gate, `${gate}/mcp`]);
        expect(read.exp).toBeGreaterThan(now);
        for (const text of [read.sub, read.jti, read.gid, read.clientId]) expect(text).toMatch(/./s);
      },
      { runs: 2000, seconds: 1 },
    );
  });

  test('X-EMA2 an ID-JAG', async () => {
    const good = { iss: 'https://idp.example', sub: 's', aud: gate, client_id: 'c', jti: 'j', resource: `${gate}/mcp` };
    const claims = [...Object.keys(good), 'exp', 'iat', 'nbf', 'scope', 'email', 'auth_time'];
    const changes = fc.dictionary(fc.constantFrom(...claims), hostileJson, { maxKeys: 3 });
    const head = encode({ alg: 'ES256', typ: 'oauth-id-jag+jwt' });
    const jwt = changes.map((change) => `${head}.${encode({ ...good, exp: now + 60, iat: now, ...change })}.AAAA`);
    await holdProperty(
      fc.oneof(jwt, unsigned, hostileText),
      async (text) => {
        const read = await accepted(() => readIdJag(text, { issuer: gate, now }));
        if (!read) return;
        expect(read.exp).toBeGreaterThan(now - 60);
        expect(read.exp).toBeLessThan(now + 4000);
        for (const value of [read.issuer, read.subject, read.clientId, read.jti]) expect(value).toMatch(/./s);
      },
      { runs: 1500, seconds: 1 },
    );
  });
});

test('AS-70 the fixture key is among those of the client', () => {
  expect(signingClient.jwks?.keys).toContain(ec.publicJwk);
});
