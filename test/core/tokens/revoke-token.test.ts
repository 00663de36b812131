import { describe, expect, test } from 'vitest';
import { exchangeToken } from '../../../lambdas/core/grants/exchange-token.ts';
import { grantLiveness } from '../../../lambdas/core/resource/grant-liveness.ts';
import { signJws } from '../../../lambdas/core/tokens/sign-jws.ts';
import { revokeToken } from '../../../lambdas/core/tokens/revoke-token.ts';
import { form, refusal, secret, todos } from '../fixtures.ts';
import { codeFor, heldOf, redeem, refresh } from '../grants/flow.ts';
import { useHouse } from '../house.ts';
import type { House } from '../house.ts';

const newHouse = useHouse();

async function signedIn(house: House) {
  const { code, gid } = await codeFor(house);
  const answer = await redeem(house, code);
  return { gid, code, access: answer.access_token, first: answer.refresh_token ?? '' };
}

function revoke(house: House, token: string | undefined, changes: Record<string, string | undefined> = {}) {
  const params = form({ client_id: house.client.clientId, token, ...changes });
  return revokeToken({ params }, house.deps);
}
const secretOf = (house: House) => ({ client_id: house.confidential.clientId, client_secret: secret });
const stateOf = async (house: House, gid: string) => (await house.deps.grants.find(gid))?.state;

describe('AS-71 revoking ends the family', () => {
  test.each([undefined, 'refresh_token', 'access_token', 'nonsense'])('a refresh token; hint %s', async (hint) => {
    const house = await newHouse();
    const { gid, first } = await signedIn(house);
    await revoke(house, first, { token_type_hint: hint });
    expect(await stateOf(house, gid)).toBe('revoked');
    expect((await refusal(() => refresh(house, first))).code).toBe('invalid_grant');
    expect(house.deps.audit.types()).toContain('grant.revoked');
  });

  test.each([undefined, 'access_token', 'refresh_token'])(
    'an access token, with its refresh token; hint %s',
    async (hint) => {
      const house = await newHouse();
      const { gid, access, first } = await signedIn(house);
      await revoke(house, access, { token_type_hint: hint });
      expect(await stateOf(house, gid)).toBe('revoked');
      expect((await refusal(() => refresh(house, first))).reason).toBe('refresh_revoked');
    },
  );

  test('an access token that has expired', async () => {
    const house = await newHouse();
    const { gid, access } = await signedIn(house);
    house.deps.clock.forward(7200);
    await revoke(house, access);
    expect(await stateOf(house, gid)).toBe('revoked');
  });

  test('an older refresh token of the family', async () => {
    const house = await newHouse();
    const { gid, first } = await signedIn(house);
    await refresh(house, (await refresh(house, first)).refresh_token);
    await revoke(house, first);
    expect(await stateOf(house, gid)).toBe('revoked');
  });

  test('again and again, and in parallel: one event, no error', async () => {
    const house = await newHouse();
    const { first, access } = await signedIn(house);
    await revoke(house, first);
    await Promise.all([revoke(house, first), revoke(house, access), revoke(house, first)]);
    expect(house.deps.audit.types().filter((type) => type === 'grant.revoked')).toHaveLength(1);
  });

  test('a refresh that races with it: whoever is first, the family is dead after both', async () => {
    const house = await newHouse();
    const { gid, first } = await signedIn(house);
    await Promise.allSettled([revoke(house, first), refresh(house, first), revoke(house, first)]);
    expect(await stateOf(house, gid)).toBe('revoked');
  });

  test.each([
    ['at once where the bound is 0', 0],
    ['within the bound of 60 s', 60],
  ])('D9 the guard learns of it %s', async (_, seconds) => {
    const house = await newHouse();
    const { access, first } = await signedIn(house);
    const { grantStates, clock } = house.deps;
    const isAlive = grantLiveness({ grantStates, clock, seconds });
    const held = heldOf(access);
    expect(await isAlive(held)).toBe(true);
    await revoke(house, first);
    if (seconds > 0) {
      clock.forward(seconds - 1);
      expect(await isAlive(held)).toBe(true);
      clock.forward(1);
    }
    expect(await isAlive(held)).toBe(false);
  });

  test('the tombstone outlives every access token of the family', async () => {
    const house = await newHouse();
    const { gid, first } = await signedIn(house);
    const { access_token } = await refresh(house, first);
    await revoke(house, access_token);
    const { expiresAt = 0 } = (await house.deps.grants.find(gid)) ?? {};
    expect(expiresAt).toBeGreaterThanOrEqual(house.deps.clock.now() + house.deps.lifetimes.accessToken);
  });
});

describe('AS-71 nothing happens, and nothing is said', () => {
  test.each(['x', 'gr_x', `gr_${'A'.repeat(22)}.${'A'.repeat(22)}.1.${'A'.repeat(43)}`, 'a.b.c', 'eyJ.eyJ.x'])(
    'for what nobody issued: %s',
    async (token) => {
      const house = await newHouse();
      await expect(revoke(house, token)).resolves.toBeUndefined();
      expect(house.calls).not.toHaveProperty('revoke');
    },
  );

  test('for a code', async () => {
    const house = await newHouse();
    const { code } = await codeFor(house);
    await revoke(house, code);
    expect(await redeem(house, code)).toHaveProperty('access_token');
  });

  test('for the tokens of another client', async () => {
    const house = await newHouse();
    const { gid, first, access } = await signedIn(house);
    await revoke(house, first, secretOf(house));
    await revoke(house, access, secretOf(house));
    expect(await stateOf(house, gid)).toBe('active');
    expect(await refresh(house, first)).toHaveProperty('access_token');
  });

  test('for an access token with a changed signature', async () => {
    const house = await newHouse();
    const { gid, access } = await signedIn(house);
    await revoke(house, `${access.slice(0, -4)}AAAA`);
    expect(await stateOf(house, gid)).toBe('active');
  });
});

describe('AS-71 what is refused', () => {
  test('a client that is unknown or proves nothing, and then nothing happens', async () => {
    const house = await newHouse();
    const { code, gid } = await codeFor(house, {}, house.confidential);
    const { refresh_token } = await redeem(house, code, secretOf(house));
    for (const client of [{ client_id: 'nobody' }, { client_id: house.confidential.clientId }]) {
      expect((await refusal(() => revoke(house, refresh_token, client))).code).toBe('invalid_client');
    }
    expect(await stateOf(house, gid)).toBe('active');
  });

  test('no token', async () => {
    const house = await newHouse();
    expect((await refusal(() => revoke(house, undefined))).message).toContain('token is missing');
  });

  test('a repeated parameter', async () => {
    const house = await newHouse();
    const params = form({ client_id: house.client.clientId, token: 'x', token_type_hint: 'a' });
    params.append('token_type_hint', 'b');
    expect((await refusal(() => revokeToken({ params }, house.deps))).code).toBe('invalid_request');
  });

  test('RFC 7009 §2.2.1 an ID token is unsupported_token_type', async () => {
    const house = await newHouse();
    const idToken = await signJws('JWT', { iss: house.deps.issuer, aud: house.client.clientId }, house.deps);
    expect((await refusal(() => revoke(house, idToken))).code).toBe('unsupported_token_type');
  });

  test('RFC 7009 §2.2.1 so is a token that was exchanged: its grant is its parent’s', async () => {
    const house = await newHouse();
    const { gid, access } = await signedIn(house);
    const exchange = 'urn:ietf:params:oauth:grant-type:token-exchange';
    const broker = {
      ...house.confidential,
      clientId: `${house.confidential.clientId}-broker`,
      kind: 'pre-registered' as const,
      grantTypes: [exchange],
    };
    await house.deps.clients.register(broker);
    const own = { client_id: broker.clientId, client_secret: secret };
    const params = form({
      ...own,
      grant_type: exchange,
      subject_token: access,
      subject_token_type: 'urn:ietf:params:oauth:token-type:access_token',
      resource: todos.resource,
      scope: 'todos:read',
    });
    const child = await exchangeToken({ params }, house.deps);
    expect((await refusal(() => revoke(house, child.access_token, own))).code).toBe('unsupported_token_type');
    expect(await stateOf(house, gid)).toBe('active');
  });
});
