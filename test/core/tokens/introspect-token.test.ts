import { describe, expect, test } from 'vitest';
import type { Client } from '../../../lambdas/core/client.ts';
import { introspectToken } from '../../../lambdas/core/tokens/introspect-token.ts';
import { mintRefreshToken } from '../../../lambdas/core/tokens/handle.ts';
import { signJws } from '../../../lambdas/core/tokens/sign-jws.ts';
import { DpopKey } from '../../rig/dpop-key.ts';
import { form, issuer, lifetimes, mail, pepper, refusal, secret, todos } from '../fixtures.ts';
import { claimsOf, codeFor, redeem, refresh } from '../grants/flow.ts';
import { useHouse } from '../house.ts';
import type { House } from '../house.ts';

const newHouse = useHouse();
const inactive = { active: false };

/** The grant of a confidential client, which may ask about its own tokens. */
async function signedIn(house: House, changes = {}) {
  const { code, gid, salt } = await codeFor(house, changes, house.confidential);
  const answer = await redeem(house, code, secretOf(house));
  return { gid, salt, code, access: answer.access_token, first: answer.refresh_token ?? '' };
}
const secretOf = (house: House) => ({ client_id: house.confidential.clientId, client_secret: secret });

function ask(house: House, token: string, as: Record<string, string> = secretOf(house), hint?: string) {
  return introspectToken({ params: form({ ...as, token, token_type_hint: hint }) }, house.deps);
}

/** A client with a secret besides the two of the house. */
async function register(house: House, name: string, changes: Partial<Client>): Promise<Record<string, string>> {
  const client = { ...house.confidential, clientId: `${house.confidential.clientId}-${name}`, ...changes };
  await house.deps.clients.register(client);
  return { client_id: client.clientId, client_secret: secret };
}
const resourceServer = (house: House) => register(house, 'rs', { kind: 'pre-registered' });

describe('AS-72 what is active', () => {
  test.each([undefined, 'access_token', 'refresh_token', 'x'])('an access token of its own; hint %s', async (hint) => {
    const house = await newHouse();
    const { access } = await signedIn(house);
    const { jti, iat, exp } = claimsOf(access);
    expect(await ask(house, access, undefined, hint)).toEqual({
      active: true,
      iss: issuer,
      sub: house.person.sub,
      aud: todos.resource,
      client_id: house.confidential.clientId,
      scope: 'todos:read todos:write',
      token_type: 'Bearer',
      jti,
      iat,
      exp,
    });
  });

  test('a refresh token of its own, and the one before it inside the replay window', async () => {
    const house = await newHouse();
    const { first } = await signedIn(house);
    const now = house.deps.clock.now();
    const expected = { active: true, client_id: house.confidential.clientId, iat: now };
    expect(await ask(house, first)).toMatchObject({ ...expected, exp: now + lifetimes.refreshTokenIdle });
    const { refresh_token = '' } = await refresh(house, first, secretOf(house));
    expect(await ask(house, refresh_token)).toMatchObject(expected);
    expect(await ask(house, first)).toMatchObject(expected);
    expect(await ask(house, first)).not.toHaveProperty('token_type');
  });

  test('the end of a refresh token is never beyond the absolute lifetime', async () => {
    const house = await newHouse();
    let { first: token } = await signedIn(house);
    for (let month = 0; month < 3; month += 1) {
      house.deps.clock.forward(lifetimes.refreshTokenAbsolute / 3 - 10);
      token = (await refresh(house, token, secretOf(house))).refresh_token ?? '';
    }
    expect((await ask(house, token))['exp']).toBe(house.person.authTime + lifetimes.refreshTokenAbsolute);
  });

  test('X-DPOP1 a bound token names its key and its type', async () => {
    const house = await newHouse();
    const key = await DpopKey.create();
    const url = `${issuer}/token`;
    const proof = await key.prove({ method: 'POST', url, now: house.deps.clock.now() });
    const { code } = await codeFor(house, {}, house.confidential);
    const { access_token } = await redeem(house, code, secretOf(house), { dpop: { proof, url } });
    expect(await ask(house, access_token)).toMatchObject({ token_type: 'DPoP', cnf: { jkt: key.jkt } });
  });

  test('X-EMA3 RFC 8693 RFC 9396 act and authorization_details are told', async () => {
    const house = await newHouse();
    const { access } = await signedIn(house);
    const claims = { ...claimsOf(access), act: { sub: 'agent' }, authorization_details: [{ type: 'todo' }] };
    const token = await signJws('at+jwt', claims, house.deps);
    const { act, authorization_details } = await ask(house, token);
    expect({ act, authorization_details }).toEqual({
      act: { sub: 'agent' },
      authorization_details: [{ type: 'todo' }],
    });
  });

  test('a pre-registered client may ask about every access token, and hears whose it is', async () => {
    const house = await newHouse();
    const { access } = await signedIn(house);
    const answer = await ask(house, access, await resourceServer(house));
    expect(answer).toMatchObject({ active: true, aud: todos.resource, username: house.person.email });
  });
});

describe('AS-72 exactly {"active":false}', () => {
  test.each(['x', 'gr_x', `gr_${'A'.repeat(22)}.${'A'.repeat(22)}.1.${'A'.repeat(43)}`, 'a.b.c', 'gc_x.y.z'])(
    'for what nobody issued: %s',
    async (token) => {
      const house = await newHouse();
      expect(await ask(house, token)).toEqual(inactive);
      expect(house.calls['find']).toBe(1);
    },
  );

  test('for a code, spent or not', async () => {
    const house = await newHouse();
    const { code } = await codeFor(house, {}, house.confidential);
    expect(await ask(house, code)).toEqual(inactive);
  });

  test('from the second in which an access token expires', async () => {
    const house = await newHouse();
    const { access } = await signedIn(house);
    house.deps.clock.forward(lifetimes.accessToken - 1);
    expect(await ask(house, access)).toMatchObject({ active: true });
    house.deps.clock.forward(1);
    expect(await ask(house, access)).toEqual(inactive);
  });

  test('once the grant is revoked, at once', async () => {
    const house = await newHouse();
    const { access, first, gid } = await signedIn(house);
    await house.deps.grants.revoke(gid, house.deps.clock.now() + 3600);
    expect(await ask(house, access)).toEqual(inactive);
    expect(await ask(house, first)).toEqual(inactive);
  });

  test('for a refresh token after its idle and after its absolute lifetime', async () => {
    const house = await newHouse();
    const { first } = await signedIn(house);
    house.deps.clock.forward(lifetimes.refreshTokenIdle);
    expect(await ask(house, first)).toEqual(inactive);
  });

  test('for a refresh token that was replaced, after the window or two steps back', async () => {
    const house = await newHouse();
    const { first, gid, salt } = await signedIn(house);
    const { refresh_token = '' } = await refresh(house, first, secretOf(house));
    house.deps.clock.forward(lifetimes.refreshReplayWindow + 1);
    expect(await ask(house, first)).toEqual(inactive);
    expect(await ask(house, refresh_token)).toMatchObject({ active: true });
    await refresh(house, refresh_token, secretOf(house));
    expect(await ask(house, first)).toEqual(inactive);
    const future = mintRefreshToken(await pepper.read(), { gid, salt, generation: 9 });
    expect(await ask(house, future)).toEqual(inactive);
    // Asking is not using: nothing was revoked by it.
    expect((await house.deps.grants.find(gid))?.state).toBe('active');
  });

  test('for the tokens of another client', async () => {
    const house = await newHouse();
    const { access, first } = await signedIn(house);
    const stranger = await register(house, 'stranger', {});
    expect(await ask(house, access, stranger)).toEqual(inactive);
    expect(await ask(house, first, stranger)).toEqual(inactive);
  });

  test('for refresh tokens, where a resource server asks: it might take one for an access token', async () => {
    const house = await newHouse();
    const { first } = await signedIn(house);
    expect(await ask(house, first, await resourceServer(house))).toEqual(inactive);
  });

  test('for an access token of a server that is gone', async () => {
    const house = await newHouse();
    const { access } = await signedIn(house);
    const without = { ...house, deps: { ...house.deps, servers: [mail] } };
    expect(await ask(without, access)).toEqual(inactive);
  });

  test('for an ID token, and for tokens of another issuer or key', async () => {
    const house = await newHouse();
    const { access } = await signedIn(house);
    const claims = claimsOf(access);
    expect(await ask(house, await signJws('JWT', claims, house.deps))).toEqual(inactive);
    const foreign = await signJws('at+jwt', { ...claims, iss: 'https://x.example' }, house.deps);
    expect(await ask(house, foreign)).toEqual(inactive);
    expect(await ask(house, `${access.slice(0, -4)}AAAA`)).toEqual(inactive);
  });
});

describe('AS-72 who may ask: 401 else', () => {
  test('not a public client, even about its own token', async () => {
    const house = await newHouse();
    const { code } = await codeFor(house);
    const { access_token } = await redeem(house, code);
    const error = await refusal(() => ask(house, access_token, { client_id: house.client.clientId }));
    expect(error.code).toBe('invalid_client');
  });

  test.each([{}, { client_id: 'nobody', client_secret: 'x' }])('not nobody: %j', async (as) => {
    const house = await newHouse();
    expect((await refusal(() => ask(house, 'x', as as Record<string, string>))).code).toBe('invalid_client');
  });

  test('not by a wrong secret', async () => {
    const house = await newHouse();
    const { access } = await signedIn(house);
    const wrong = { ...secretOf(house), client_secret: 'wrong' };
    expect((await refusal(() => ask(house, access, wrong))).code).toBe('invalid_client');
  });

  test('not without a token, nor with two', async () => {
    const house = await newHouse();
    expect((await refusal(() => ask(house, ''))).code).toBe('invalid_request');
    const params = form({ ...secretOf(house), token: 'x' });
    params.append('token', 'y');
    expect((await refusal(() => introspectToken({ params }, house.deps))).code).toBe('invalid_request');
  });
});
