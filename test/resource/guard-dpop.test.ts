import type { APIGatewayRequestAuthorizerEvent } from 'aws-lambda';
import { beforeAll, describe, expect, test } from 'vitest';
import type { AuditEvent } from '../../lambdas/core/ports/audit.ts';
import { createGuard } from '../../lambdas/http/guard.ts';
import type { Changes, ProvedCall } from '../rig/dpop-key.ts';
import { DpopKey } from '../rig/dpop-key.ts';
import type { KeyPair } from './forge.ts';
import { issuer, keyPair, mint, noKeys, now, publish, server } from './forge.ts';

let pair: KeyPair;
let key: DpopKey;
let other: DpopKey;
let token: string;
let bearer: string;

beforeAll(async () => {
  [pair, key, other] = await Promise.all([keyPair('RS256', 'rsa-1'), DpopKey.create(), DpopKey.create()]);
  token = await mint(pair, { cnf: { jkt: key.jkt } });
  bearer = await mint(pair);
});

type Headers = Record<string, string[]>;

/** What the guard answers, or why it refused. */
async function ask(headers: Headers, path = '/mcp'): Promise<string> {
  const log: AuditEvent[] = [];
  const clock = { now: () => now };
  const isAlive = () => Promise.resolve(true);
  const guard = createGuard({
    issuer,
    servers: [server],
    ...noKeys,
    keys: publish([pair.key]),
    isAlive,
    clock,
    audit: { record: (event) => void log.push(event) },
  });
  const event = { methodArn: 'arn:m', path, httpMethod: 'POST', headers: {}, multiValueHeaders: headers };
  try {
    return (await guard(event as unknown as APIGatewayRequestAuthorizerEvent)).principalId;
  } catch (error) {
    // What API Gateway turns into the 401 with the challenge (RS-01).
    expect((error as Error).message).toBe('Unauthorized');
    return log[0]?.reason ?? '';
  }
}

const call = (): ProvedCall => ({ method: 'POST', url: server.resource, now, accessToken: token });
const proofWith = (changes: Changes = {}, who = key) => who.prove(call(), changes);
const withProof = async (proof: string | Promise<string>) =>
  ask({ Authorization: [`DPoP ${token}`], DPoP: [await proof] });

describe('X-DPOP2 a bound token with a proof of its key', () => {
  test.each(['DPoP', 'dpop', 'DPOP'])('passes; the scheme name ignores case: %s', async (scheme) => {
    expect(await ask({ authorization: [`${scheme} ${token}`], dpop: [await proofWith()] })).toBe('alice');
  });

  test('below the endpoint htu is the URL below', async () => {
    const below = await key.prove({ ...call(), url: `${server.resource}/x` });
    expect(await ask({ authorization: [`DPoP ${token}`], dpop: [below] }, '/mcp/x')).toBe('alice');
    expect(await ask({ authorization: [`DPoP ${token}`], dpop: [below] })).toBe('dpop_htu');
  });

  test('the same proof twice within its minutes passes: jti is not remembered here, by decision', async () => {
    const proof = await proofWith();
    expect(await withProof(proof)).toBe('alice');
    expect(await withProof(proof)).toBe('alice');
  });
});

describe('X-DPOP2 what a thief of a bound token gets', () => {
  test('as Bearer', async () => {
    expect(await ask({ authorization: [`Bearer ${token}`] })).toBe('dpop_bound');
    expect(await ask({ authorization: [`Bearer ${token}`], dpop: [await proofWith()] })).toBe('dpop_bound');
  });
  test('without a proof', async () => expect(await ask({ authorization: [`DPoP ${token}`] })).toBe('dpop_missing'));
  test('with a proof of a key of his own', async () => {
    expect(await withProof(proofWith({}, other))).toBe('dpop_other_key');
  });
  test('with two proofs, one of them good', async () => {
    const proofs = [await proofWith(), await proofWith()];
    expect(await ask({ authorization: [`DPoP ${token}`], dpop: proofs })).toBe('dpop_missing');
  });
  test.each<[string, Changes]>([
    ['dpop_ath', { claims: { ath: undefined } }],
    ['dpop_ath', { claims: { ath: 'x' } }],
    ['dpop_htm', { claims: { htm: 'GET' } }],
    ['dpop_htu', { claims: { htu: `${issuer}/token` } }],
    ['dpop_iat', { claims: { iat: now - 301 } }],
    ['dpop_iat', { claims: { iat: now + 301 } }],
    ['dpop_type', { header: { typ: 'JWT' } }],
  ])('%s: with a proof of something else (%j)', async (reason, changes) => {
    expect(await withProof(proofWith(changes))).toBe(reason);
  });
});

describe('X-DPOP2 schemes are not mixed', () => {
  test('a bearer token sent as DPoP', async () => {
    const proof = await key.prove({ ...call(), accessToken: bearer });
    expect(await ask({ authorization: [`DPoP ${bearer}`], dpop: [proof] })).toBe('dpop_unbound');
  });
  test('a bearer token passes, whatever DPoP header comes with it', async () => {
    expect(await ask({ authorization: [`Bearer ${bearer}`], dpop: ['nonsense'] })).toBe('alice');
  });
});

describe('RFC 7800 §3.1 a binding that is not understood is not ignored', () => {
  test.each([{}, { jkt: 1 }, { jkt: 'short' }, { 'x5t#S256': 'x' }, [], 'x', null])('cnf %j', async (cnf) => {
    const odd = await mint(pair, { cnf });
    expect(await ask({ authorization: [`Bearer ${odd}`] })).toBe('cnf');
    expect(await ask({ authorization: [`DPoP ${odd}`], dpop: [await proofWith()] })).toBe('cnf');
  });

  test('jkt beside another binding', async () => {
    const odd = await mint(pair, { cnf: { jkt: key.jkt, 'x5t#S256': 'x' } });
    expect(await ask({ authorization: [`DPoP ${odd}`], dpop: [await proofWith()] })).toBe('cnf');
  });
});
