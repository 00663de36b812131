import { beforeAll, describe, expect, test } from 'vitest';
import type { Client } from '../../../lambdas/core/client.ts';
import { DpopNonceNeeded } from '../../../lambdas/core/dpop/dpop-nonce.ts';
import type { Changes } from '../../rig/dpop-key.ts';
import { DpopKey } from '../../rig/dpop-key.ts';
import { exchangeToken } from '../../../lambdas/core/grants/exchange-token.ts';
import { form, issuer, lifetimes, refusal, secret } from '../fixtures.ts';
import { claimsOf, codeFor, redeem, refresh } from '../grants/flow.ts';
import { useHouse } from '../house.ts';
import type { House } from '../house.ts';

const newHouse = useHouse();
const url = `${issuer}/token`;

let key: DpopKey;
let other: DpopKey;
beforeAll(async () => {
  [key, other] = await Promise.all([DpopKey.create(), DpopKey.create('EdDSA')]);
});

/** A proof for the token endpoint, at the time of the house. */
async function by(house: House, who: DpopKey, changes: Changes = {}, nonce?: string) {
  const call = { method: 'POST', url, now: house.deps.clock.now(), ...(nonce !== undefined && { nonce }) };
  return { dpop: { proof: await who.prove(call, changes), url } };
}

const secretOf = (house: House) => ({ client_id: house.confidential.clientId, client_secret: secret });
const stateOf = async (house: House, gid: string) => (await house.deps.grants.find(gid))?.state;

/** A grant of the public client that was redeemed with a proof of `key`. */
async function bound(house: House) {
  const { code, gid } = await codeFor(house);
  const { refresh_token } = await redeem(house, code, {}, await by(house, key));
  return { first: refresh_token, gid };
}

describe('X-DPOP1 tokens are bound to the key of the proof', () => {
  test('by a code: token_type DPoP and cnf.jkt', async () => {
    const house = await newHouse();
    const { code } = await codeFor(house);
    const answer = await redeem(house, code, {}, await by(house, key));
    expect(answer.token_type).toBe('DPoP');
    expect(claimsOf(answer.access_token)['cnf']).toEqual({ jkt: key.jkt });
  });

  test('without a proof they are bearer tokens as ever, and no call is added', async () => {
    const house = await newHouse();
    const { code } = await codeFor(house);
    const answer = await redeem(house, code);
    expect(answer.token_type).toBe('Bearer');
    expect(claimsOf(answer.access_token)).not.toHaveProperty('cnf');
    expect(house.calls).not.toHaveProperty('spend');
  });

  test('platform: with a proof it is one conditional write more', async () => {
    const house = await newHouse();
    const { first } = await bound(house);
    for (const name of Object.keys(house.calls)) delete house.calls[name];
    await refresh(house, first, {}, await by(house, key));
    expect(house.calls).toEqual({ find: 1, spend: 1, rotate: 1, latest: 1 });
  });

  test('a proof that is wrong spends nothing', async () => {
    const house = await newHouse();
    const { code } = await codeFor(house);
    const wrong = await by(house, key, { claims: { htu: `${issuer}/mcp` } });
    expect((await refusal(() => redeem(house, code, {}, wrong))).code).toBe('invalid_dpop_proof');
    expect(house.calls).not.toHaveProperty('spend');
    expect((await redeem(house, code)).token_type).toBe('Bearer');
  });
});

describe('X-DPOP1 RFC 9449 §11.1 a proof counts once', () => {
  test('of parallel uses of one proof exactly one wins', async () => {
    const house = await newHouse();
    const { first } = await bound(house);
    const proof = await by(house, key);
    const uses = Array.from({ length: 8 }, () => refresh(house, first, {}, proof).then(() => 'won', String));
    const outcomes = await Promise.all(uses);
    expect(outcomes.filter((outcome) => outcome === 'won')).toHaveLength(1);
    expect(outcomes.filter((outcome) => outcome.includes('was used before'))).toHaveLength(7);
  });

  test('until the second in which its own age refuses it', async () => {
    const house = await newHouse();
    let { first: token } = await bound(house);
    const early = await by(house, key, { claims: { iat: house.deps.clock.now() + 300 } });
    token = (await refresh(house, token, {}, early)).refresh_token;
    house.deps.clock.forward(600);
    expect((await refusal(() => refresh(house, token, {}, early))).reason).toBe('dpop_replayed');
    house.deps.clock.forward(1);
    expect((await refusal(() => refresh(house, token, {}, early))).reason).toBe('dpop_iat');
  });

  test('another key may use the same jti', async () => {
    const house = await newHouse();
    const [one, two] = [await codeFor(house), await codeFor(house)];
    await redeem(house, one.code, {}, await by(house, key, { claims: { jti: 'same' } }));
    await redeem(house, two.code, {}, await by(house, other, { claims: { jti: 'same' } }));
    const again = await codeFor(house);
    const replay = await by(house, key, { claims: { jti: 'same' } });
    expect((await refusal(() => redeem(house, again.code, {}, replay))).reason).toBe('dpop_replayed');
  });
});

describe('X-DPOP1 RFC 9449 §5 refresh tokens of a public client are bound', () => {
  test('each refresh proves the key, and a lost answer comes again', async () => {
    const house = await newHouse();
    const { first } = await bound(house);
    const second = await refresh(house, first, {}, await by(house, key));
    const repeat = await refresh(house, first, {}, await by(house, key));
    expect(repeat.refresh_token).toBe(second.refresh_token);
    expect(claimsOf(repeat.access_token)['cnf']).toEqual({ jkt: key.jkt });
  });

  test.each(['no proof', 'another key'])(
    '%s: invalid_grant, nothing is spent and nobody is logged out',
    async (how) => {
      const house = await newHouse();
      const { first, gid } = await bound(house);
      const theft = async () => refresh(house, first, {}, how === 'no proof' ? {} : await by(house, other));
      expect((await refusal(theft)).reason).toBe('dpop_key_mismatch');
      await refresh(house, first, {}, await by(house, key));
      // Inside the replay window too the successor is for the key only.
      expect((await refusal(theft)).reason).toBe('dpop_key_mismatch');
      expect(await stateOf(house, gid)).toBe('active');
    },
  );

  test('AS-67 an older one kills the family whatever key is proved: a thief who bound the grant is not safe', async () => {
    const house = await newHouse();
    const { code, gid } = await codeFor(house);
    const { refresh_token: stolen } = await redeem(house, code);
    await refresh(house, stolen, {}, await by(house, other));
    house.deps.clock.forward(lifetimes.refreshReplayWindow + 1);
    expect((await refusal(() => refresh(house, stolen))).reason).toBe('refresh_replayed');
    expect(await stateOf(house, gid)).toBe('revoked');
  });

  test('the first key that is proved becomes the key of the grant', async () => {
    const house = await newHouse();
    const { code, gid } = await codeFor(house);
    const { refresh_token } = await redeem(house, code);
    const next = await refresh(house, refresh_token, {}, await by(house, key));
    expect((await house.deps.grants.find(gid))?.dpopJkt).toBe(key.jkt);
    expect((await refusal(() => refresh(house, next.refresh_token))).reason).toBe('dpop_key_mismatch');
  });

  test('of parallel refreshes with two keys one wins, and its key is the only one', async () => {
    const house = await newHouse();
    const { code, gid } = await codeFor(house);
    const { refresh_token } = await redeem(house, code);
    const keys = [key, other, key, other];
    const outcomes = await Promise.all(
      keys.map(async (who) =>
        refresh(house, refresh_token, {}, await by(house, who)).then(
          () => who.jkt,
          () => undefined,
        ),
      ),
    );
    const winners = new Set(outcomes.filter((jkt) => jkt !== undefined));
    expect([...winners]).toEqual([(await house.deps.grants.find(gid))?.dpopJkt]);
  });

  test('those of a confidential client are bound to its credentials: any key will do, or none', async () => {
    const house = await newHouse();
    const { code, gid } = await codeFor(house, {}, house.confidential);
    let answer = await redeem(house, code, secretOf(house), await by(house, key));
    expect(answer.token_type).toBe('DPoP');
    answer = await refresh(house, answer.refresh_token, secretOf(house), await by(house, other));
    expect(claimsOf(answer.access_token)['cnf']).toEqual({ jkt: other.jkt });
    expect((await refresh(house, answer.refresh_token, secretOf(house))).token_type).toBe('Bearer');
    expect(await house.deps.grants.find(gid)).not.toHaveProperty('dpopJkt');
  });
});

describe('X-DPOP1 RFC 9449 §10 a code that is bound by dpop_jkt', () => {
  test.each(['public', 'confidential'] as const)('is redeemed by its key only: %s client', async (kind) => {
    const house = await newHouse();
    const client = kind === 'public' ? house.client : house.confidential;
    const { code, gid } = await codeFor(house, { dpopJkt: key.jkt }, client);
    const named = kind === 'public' ? {} : secretOf(house);
    expect((await refusal(() => redeem(house, code, named))).reason).toBe('dpop_key_mismatch');
    const wrong = await by(house, other);
    expect((await refusal(() => redeem(house, code, named, wrong))).reason).toBe('dpop_key_mismatch');
    expect(await stateOf(house, gid)).toBe('code');
    expect((await redeem(house, code, named, await by(house, key))).token_type).toBe('DPoP');
  });
});

describe('X-DPOP1 RFC 9449 §5.2 a client that asked for bound tokens', () => {
  test('gets none without a proof, and nothing is spent', async () => {
    const house = await newHouse();
    const client: Client = { ...house.client, clientId: `${house.client.clientId}-bound`, dpopBoundAccessTokens: true };
    await house.deps.clients.register(client);
    const { code } = await codeFor(house, {}, client);
    const named = { client_id: client.clientId };
    expect((await refusal(() => redeem(house, code, named))).code).toBe('invalid_dpop_proof');
    expect((await redeem(house, code, named, await by(house, key))).token_type).toBe('DPoP');
  });
});

describe('X-DPOP1 every grant type binds', () => {
  const exchange = 'urn:ietf:params:oauth:grant-type:token-exchange';

  test('X-CC client credentials, and a token exchange to the key of whoever exchanges', async () => {
    const house = await newHouse();
    const machine: Client = {
      ...house.confidential,
      clientId: `${house.confidential.clientId}-machine`,
      kind: 'pre-registered',
      grantTypes: ['client_credentials', exchange],
      machineScopes: ['todos:read'],
    };
    await house.deps.clients.register(machine);
    const named = { client_id: machine.clientId, client_secret: secret };
    const ask = async (values: Record<string, string>) =>
      exchangeToken({ params: form({ ...named, ...values }), ...(await by(house, key)) }, house.deps);
    const own = await ask({ grant_type: 'client_credentials' });
    expect([own.token_type, claimsOf(own.access_token)['cnf']]).toEqual(['DPoP', { jkt: key.jkt }]);

    const { access_token: subject_token } = await redeem(
      house,
      (await codeFor(house)).code,
      {},
      await by(house, other),
    );
    const subject_token_type = 'urn:ietf:params:oauth:token-type:access_token';
    const child = await ask({ grant_type: exchange, subject_token, subject_token_type, scope: 'todos:read' });
    expect([child.token_type, claimsOf(child.access_token)['cnf']]).toEqual(['DPoP', { jkt: key.jkt }]);
  });
});

describe('X-DPOP1 RFC 9449 §8 nonce', () => {
  const demanding = async () => {
    const house = await newHouse();
    return { ...house, deps: { ...house.deps, dpopNonce: true } };
  };
  async function nonceFor(house: House, wrong?: string): Promise<string> {
    const proof = await by(house, key, {}, wrong);
    const error = await refusal(() => refresh(house, 'x', {}, proof));
    expect(error.code).toBe('use_dpop_nonce');
    expect(error).toBeInstanceOf(DpopNonceNeeded);
    return (error as DpopNonceNeeded).nonce;
  }

  test('a proof without one is asked for again, before anything is spent; with it it counts', async () => {
    const house = await demanding();
    const { code } = await codeFor(house);
    const nonce = await nonceFor(house);
    expect(house.calls).not.toHaveProperty('spend');
    expect((await redeem(house, code, {}, await by(house, key, {}, nonce))).token_type).toBe('DPoP');
  });

  test('it is good for five to ten minutes', async () => {
    const house = await demanding();
    const { code } = await codeFor(house);
    const nonce = await nonceFor(house);
    house.deps.clock.forward(300);
    const { refresh_token } = await redeem(house, (await codeFor(house)).code, {}, await by(house, key, {}, nonce));
    expect(refresh_token).toBeDefined();
    house.deps.clock.forward(300);
    expect(await nonceFor(house, nonce)).not.toBe(nonce);
    expect(code).toBeDefined();
  });

  test.each(['x', 'A'.repeat(22)])('one that this server never gave is refused: %s', async (wrong) => {
    expect(await nonceFor(await demanding(), wrong)).toMatch(/^[\w-]{22}$/);
  });

  test('a request without a proof needs none', async () => {
    const house = await demanding();
    expect((await redeem(house, (await codeFor(house)).code)).token_type).toBe('Bearer');
  });

  test('without the policy a nonce in a proof does not matter', async () => {
    const house = await newHouse();
    const proof = await by(house, key, {}, 'anything');
    expect((await redeem(house, (await codeFor(house)).code, {}, proof)).token_type).toBe('DPoP');
  });
});
