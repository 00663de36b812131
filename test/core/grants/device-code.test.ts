import { describe, expect, test } from 'vitest';
import { digest } from '../../../lambdas/core/digest.ts';
import { deviceCode } from '../../../lambdas/core/grants/device-code.ts';
import { exchangeToken } from '../../../lambdas/core/grants/exchange-token.ts';
import { answer, begin, poll, terminal } from '../device/flow.ts';
import { form, issuer, mail, refusal, secret, todos } from '../fixtures.ts';
import { useHouse } from '../house.ts';
import { claimsOf, refresh } from './flow.ts';

const newHouse = useHouse();

describe('RFC 8628 §3.2 the device authorization', () => {
  test('gives a secret for the device and a code for the person', async () => {
    const house = await newHouse();
    const answered = await begin(house, await terminal(house));
    expect(answered).toMatchObject({ verification_uri: `${issuer}/device`, expires_in: 600, interval: 5 });
    expect(answered.user_code).toMatch(/^[BCDFGHJKLMNPQRSTVWXZ]{4}-[BCDFGHJKLMNPQRSTVWXZ]{4}$/);
    expect(answered.verification_uri_complete).toBe(`${issuer}/device?user_code=${answered.user_code}`);
    expect(Buffer.from(answered.device_code.slice(3), 'base64url')).toHaveLength(32);
  });

  test('neither code is stored', async () => {
    const house = await newHouse();
    const { device_code, user_code } = await begin(house, await terminal(house));
    const stored = JSON.stringify(
      await house.deps.deviceAuthorizations.find(digest(device_code), house.deps.clock.now()),
    );
    expect(stored).not.toContain(device_code);
    expect(stored).not.toContain(user_code);
  });

  test.each([
    ['unknown scopes', { scope: 'nonsense' }, 'invalid_scope'],
    ['an unknown resource', { resource: 'https://other.example' }, 'invalid_target'],
    ['an unknown client', { client_id: 'nobody' }, 'invalid_client'],
    ['no client', { client_id: undefined }, 'invalid_request'],
  ])('%s is refused', async (_, values, code) => {
    const house = await newHouse();
    const client = await terminal(house);
    expect((await refusal(() => begin(house, client, values))).code).toBe(code);
  });

  test('a client that is not registered for it is refused', async () => {
    const house = await newHouse();
    const client = await terminal(house, { grantTypes: ['authorization_code'] });
    expect((await refusal(() => begin(house, client))).code).toBe('unauthorized_client');
  });

  test('a confidential client must authenticate', async () => {
    const house = await newHouse();
    const client = await terminal(house, {
      tokenEndpointAuthMethod: 'client_secret_post',
      secretDigest: digest(secret),
    });
    expect((await refusal(() => begin(house, client))).code).toBe('invalid_client');
    expect(await begin(house, client, { client_secret: secret })).toHaveProperty('device_code');
  });
});

describe('RFC 8628 §3.5 a poll', () => {
  test('before the answer is authorization_pending, at the interval', async () => {
    const house = await newHouse();
    const client = await terminal(house);
    const { device_code } = await begin(house, client);
    for (let polls = 0; polls < 4; polls += 1) {
      expect((await refusal(() => poll(house, client, device_code))).code).toBe('authorization_pending');
      house.deps.clock.forward(5);
    }
  });

  test('too early is slow_down, and the interval grows by 5 seconds for good', async () => {
    const house = await newHouse();
    const client = await terminal(house);
    const { device_code } = await begin(house, client);
    const next = async (seconds: number) => {
      house.deps.clock.forward(seconds);
      return (await refusal(() => poll(house, client, device_code))).code;
    };
    expect(await next(0)).toBe('authorization_pending');
    expect(await next(2)).toBe('slow_down');
    expect(await next(5)).toBe('slow_down');
    expect(await next(15)).toBe('authorization_pending');
    expect(await next(10)).toBe('slow_down');
    expect(await next(20)).toBe('authorization_pending');
  });

  test('of 20 at once one is pending and the others are told to slow down', async () => {
    const house = await newHouse();
    const client = await terminal(house);
    const { device_code } = await begin(house, client);
    const all = Array.from({ length: 20 }, () => refusal(() => poll(house, client, device_code)));
    const codes = (await Promise.all(all)).map(({ code }) => code).sort();
    expect(codes.filter((code) => code === 'authorization_pending')).toHaveLength(1);
    expect(codes.filter((code) => code === 'slow_down')).toHaveLength(19);
  });

  test('after Cancel is access_denied', async () => {
    const house = await newHouse();
    const client = await terminal(house);
    const { device_code, user_code } = await begin(house, client);
    await answer(house, user_code, false);
    expect((await refusal(() => poll(house, client, device_code))).code).toBe('access_denied');
  });

  test.each([false, true])('after ten minutes is expired_token, whether or not it was allowed: %s', async (allowed) => {
    const house = await newHouse();
    const client = await terminal(house);
    const { device_code, user_code } = await begin(house, client);
    if (allowed) await answer(house, user_code, true);
    house.deps.clock.forward(600);
    expect((await refusal(() => poll(house, client, device_code))).code).toBe('expired_token');
  });

  test.each([
    ['unknown', `gd_${'A'.repeat(43)}`],
    ['malformed', 'x'],
    ['of another kind', `gc_${'A'.repeat(22)}.${'A'.repeat(22)}.${'A'.repeat(43)}`],
  ])('with a code that is %s is invalid_grant', async (_, code) => {
    const house = await newHouse();
    const client = await terminal(house);
    expect((await refusal(() => poll(house, client, code))).code).toBe('invalid_grant');
  });

  test('of another client is invalid_grant, and harms nobody (pain 25)', async () => {
    const house = await newHouse();
    const [client, thief] = [await terminal(house), await terminal(house)];
    const { device_code, user_code } = await begin(house, client);
    await answer(house, user_code, true);
    expect((await refusal(() => poll(house, thief, device_code))).code).toBe('invalid_grant');
    expect(await poll(house, client, device_code)).toHaveProperty('access_token');
  });
});

describe('RFC 8628 §3.5 an allowed device', () => {
  test('gets tokens for what the person allowed, and refreshes them', async () => {
    const house = await newHouse();
    const client = await terminal(house);
    const { device_code, user_code } = await begin(house, client);
    await answer(house, user_code, true);
    const tokens = await poll(house, client, device_code, { resource: todos.resource });
    expect(tokens).toMatchObject({ token_type: 'Bearer', scope: 'todos:read todos:write' });
    expect(claimsOf(tokens.access_token)).toMatchObject({
      sub: house.person.sub,
      aud: todos.resource,
      client_id: client.clientId,
    });
    const next = await refresh(house, tokens.refresh_token, { client_id: client.clientId });
    expect(next.scope).toBe('todos:read todos:write');
  });

  test('gets no scope that the person unticked', async () => {
    const house = await newHouse();
    const client = await terminal(house);
    const { device_code, user_code } = await begin(house, client);
    await answer(house, user_code, true, []);
    expect((await poll(house, client, device_code)).scope).toBe('todos:read');
  });

  test('gets no refresh token without that grant type', async () => {
    const house = await newHouse();
    const client = await terminal(house, { grantTypes: ['urn:ietf:params:oauth:grant-type:device_code'] });
    const { device_code, user_code } = await begin(house, client);
    await answer(house, user_code, true);
    expect(await poll(house, client, device_code)).not.toHaveProperty('refresh_token');
  });

  test('20 polls at once are one grant and one refresh token', async () => {
    const house = await newHouse();
    const client = await terminal(house);
    const { device_code, user_code } = await begin(house, client);
    await answer(house, user_code, true);
    const answers = await Promise.all(Array.from({ length: 20 }, () => poll(house, client, device_code)));
    expect(new Set(answers.map(({ refresh_token }) => refresh_token)).size).toBe(1);
    expect(new Set(answers.map(({ access_token }) => claimsOf(access_token)['gid'])).size).toBe(1);
    expect(house.deps.audit.types().filter((type) => type === 'device_code.redeemed')).toHaveLength(1);
  });

  test('a lost answer can be had again for two minutes: the same refresh token (pain 1)', async () => {
    const house = await newHouse();
    const client = await terminal(house);
    const { device_code, user_code } = await begin(house, client);
    await answer(house, user_code, true);
    const first = await poll(house, client, device_code);
    house.deps.clock.forward(120);
    expect((await poll(house, client, device_code)).refresh_token).toBe(first.refresh_token);
  });

  test('AS-63 a use after that ends the grant', async () => {
    const house = await newHouse();
    const client = await terminal(house);
    const { device_code, user_code } = await begin(house, client);
    await answer(house, user_code, true);
    const { refresh_token } = await poll(house, client, device_code);
    house.deps.clock.forward(121);
    expect(await refusal(() => poll(house, client, device_code))).toMatchObject({
      code: 'invalid_grant',
      reason: 'device_code_replayed',
    });
    const error = await refusal(() => refresh(house, refresh_token, { client_id: client.clientId }));
    expect(error.code).toBe('invalid_grant');
  });

  test('after a refresh the code is worth nothing, and the grant lives on', async () => {
    const house = await newHouse();
    const client = await terminal(house);
    const { device_code, user_code } = await begin(house, client);
    await answer(house, user_code, true);
    const { refresh_token } = await poll(house, client, device_code);
    const next = await refresh(house, refresh_token, { client_id: client.clientId });
    expect((await refusal(() => poll(house, client, device_code))).code).toBe('invalid_grant');
    expect(await refresh(house, next.refresh_token, { client_id: client.clientId })).toHaveProperty('access_token');
  });

  test('a revoked grant does not come back by its code', async () => {
    const house = await newHouse();
    const client = await terminal(house);
    const { device_code, user_code } = await begin(house, client);
    await answer(house, user_code, true);
    const { access_token } = await poll(house, client, device_code);
    await house.deps.grants.revoke(String(claimsOf(access_token)['gid']), house.deps.clock.now() + 3600);
    expect((await refusal(() => poll(house, client, device_code))).code).toBe('invalid_grant');
  });

  test('X-DPOP1 the tokens of a public client are bound to the key of its first poll', async () => {
    const house = await newHouse();
    const client = await terminal(house);
    const { device_code, user_code } = await begin(house, client);
    await answer(house, user_code, true);
    const params = form({ device_code });
    const redeem = (dpopJkt?: string) =>
      deviceCode.handle({ client, params, ...(dpopJkt !== undefined && { dpopJkt }) }, house.deps);
    const tokens = await redeem('key-1');
    expect(claimsOf(tokens.access_token)).toMatchObject({ cnf: { jkt: 'key-1' } });
    expect(await refusal(() => redeem('key-2'))).toMatchObject({ reason: 'dpop_key_mismatch' });
    expect(await refusal(() => redeem())).toMatchObject({ reason: 'dpop_key_mismatch' });
    expect((await redeem('key-1')).refresh_token).toBe(tokens.refresh_token);
  });

  test('openid: the device learns who the person is (F-A8)', async () => {
    const house = await newHouse();
    const client = await terminal(house);
    const { device_code, user_code } = await begin(house, client, { scope: 'openid email todos:read' });
    await answer(house, user_code, true);
    expect(await poll(house, client, device_code)).toHaveProperty('id_token');
  });

  test('AS-66 another resource is invalid_target, and costs nothing', async () => {
    const house = await newHouse();
    const client = await terminal(house);
    const { device_code, user_code } = await begin(house, client);
    await answer(house, user_code, true);
    const error = await refusal(() => poll(house, client, device_code, { resource: mail.resource }));
    expect(error.code).toBe('invalid_target');
    expect(await poll(house, client, device_code)).toHaveProperty('access_token');
  });

  test('a repeated device_code is invalid_request (AS-60)', async () => {
    const house = await newHouse();
    const client = await terminal(house);
    const params = form({ grant_type: 'urn:ietf:params:oauth:grant-type:device_code', client_id: client.clientId });
    params.append('device_code', 'a');
    params.append('device_code', 'b');
    expect((await refusal(() => exchangeToken({ params }, house.deps))).code).toBe('invalid_request');
  });
});
