import { describe, expect, test } from 'vitest';
import { lifetimes, mail, refusal, secret, todos } from '../fixtures.ts';
import { replayWindow } from '../../../lambdas/core/grants/replay-window.ts';
import { mintRefreshToken } from '../../../lambdas/core/tokens/handle.ts';
import { pepper } from '../fixtures.ts';
import { useHouse } from '../house.ts';
import type { House } from '../house.ts';
import { claimsOf, codeFor, redeem, refresh } from './flow.ts';

const newHouse = useHouse();

/** A grant with its first refresh token. */
async function signedIn(house: House, changes = {}) {
  const issued = await codeFor(house, changes);
  const { refresh_token } = await redeem(house, issued.code);
  return { ...issued, first: refresh_token };
}
const stateOf = async (house: House, gid: string) => (await house.deps.grants.find(gid))?.state;

describe('AS-67 rotation', () => {
  test('each refresh gives the next token and an access token like the first', async () => {
    const house = await newHouse();
    const { first, gid } = await signedIn(house);
    house.deps.clock.forward(3000);
    const answer = await refresh(house, first);
    expect(answer.refresh_token).toMatch(/^gr_.*\.2\./);
    expect(answer.scope).toBe('todos:read todos:write');
    expect(claimsOf(answer.access_token)).toMatchObject({ aud: todos.resource, gid, iat: house.deps.clock.now() });
    expect(await refresh(house, answer.refresh_token)).toHaveProperty('refresh_token');
  });

  test('platform: a refresh is one write, one signature, one look at the client and one at what was revoked', async () => {
    const house = await newHouse();
    const { first } = await signedIn(house);
    for (const name of Object.keys(house.calls)) delete house.calls[name];
    house.deps.signer.count = 0;
    await refresh(house, first);
    expect(house.calls).toEqual({ find: 1, rotate: 1, latest: 1 });
    expect(house.deps.signer.count).toBe(1);
  });

  test('clients.md pain 1 inside the replay window the same successor comes out again', async () => {
    const house = await newHouse();
    const { first, gid } = await signedIn(house);
    const answers = await Promise.all(Array.from({ length: 10 }, () => refresh(house, first)));
    house.deps.clock.forward(lifetimes.refreshReplayWindow);
    answers.push(await refresh(house, first));
    expect(new Set(answers.map((answer) => answer.refresh_token)).size).toBe(1);
    expect((await house.deps.grants.find(gid))?.generation).toBe(2);
    expect(house.deps.audit.types()).not.toContain('grant.revoked');
  });

  test('after the window a replay revokes the family and is on record', async () => {
    const house = await newHouse();
    const { first, gid } = await signedIn(house);
    const { refresh_token } = await refresh(house, first);
    house.deps.clock.forward(lifetimes.refreshReplayWindow + 1);
    expect((await refusal(() => refresh(house, first))).code).toBe('invalid_grant');
    expect(await stateOf(house, gid)).toBe('revoked');
    expect((await refusal(() => refresh(house, refresh_token))).code).toBe('invalid_grant');
    expect(house.deps.audit.types().slice(-2)).toEqual(['grant.revoked', 'refresh_token.replayed']);
  });

  test('two steps back is a replay even inside the window', async () => {
    const house = await newHouse();
    const { first, gid } = await signedIn(house);
    await refresh(house, (await refresh(house, first)).refresh_token);
    expect((await refusal(() => refresh(house, first))).code).toBe('invalid_grant');
    expect(await stateOf(house, gid)).toBe('revoked');
  });

  test('a token that does not exist yet is refused and changes nothing', async () => {
    const house = await newHouse();
    const { first, gid, salt } = await signedIn(house);
    const future = mintRefreshToken(await pepper.read(), { gid, salt, generation: 7 });
    expect((await refusal(() => refresh(house, future))).code).toBe('invalid_grant');
    expect(await refresh(house, first)).toHaveProperty('refresh_token');
  });

  test('pepper and table together mint nothing: the salt is in neither', async () => {
    const house = await newHouse();
    const { gid } = await signedIn(house);
    const stolen = mintRefreshToken(await pepper.read(), { gid, salt: 'A'.repeat(22), generation: 1 });
    expect((await refusal(() => refresh(house, stolen))).code).toBe('invalid_grant');
    expect(await stateOf(house, gid)).toBe('active');
    const { saltDigest } = (await house.deps.grants.find(gid)) ?? {};
    expect(saltDigest).toMatch(/^[\w-]{43}$/);
  });

  test('it is bound to its client; another one can neither use nor revoke it', async () => {
    const house = await newHouse();
    const { first, gid } = await signedIn(house);
    const other = { client_id: house.confidential.clientId, client_secret: secret };
    expect((await refusal(() => refresh(house, first, other))).code).toBe('invalid_grant');
    await refresh(house, first);
    house.deps.clock.forward(1000);
    expect((await refusal(() => refresh(house, first, other))).code).toBe('invalid_grant');
    expect(await stateOf(house, gid)).toBe('active');
  });

  test.each(['hello', 'gr_x.y.1.z', 'gc_x.y.z'])('%s asks nothing of the store', async (token) => {
    const house = await newHouse();
    expect((await refusal(() => refresh(house, token))).code).toBe('invalid_grant');
    expect(house.calls).not.toHaveProperty('rotate');
  });
});

describe('AS-68 scope', () => {
  test('without one everything granted stays (claude-code#89862)', async () => {
    const house = await newHouse();
    const { first } = await signedIn(house);
    expect((await refresh(house, first, { scope: '' })).scope).toBe('todos:read todos:write');
  });
  test('it narrows the access token only', async () => {
    const house = await newHouse();
    const { first } = await signedIn(house);
    const narrow = await refresh(house, first, { scope: 'todos:read' });
    expect([narrow.scope, claimsOf(narrow.access_token)['scope']]).toEqual(['todos:read', 'todos:read']);
    expect((await refresh(house, narrow.refresh_token)).scope).toBe('todos:read todos:write');
  });
  test('RS-08 a narrower scope that a granted one includes may be asked', async () => {
    const house = await newHouse();
    const { first } = await signedIn(house, { scopes: ['todos:write'] });
    expect((await refresh(house, first, { scope: 'todos:read' })).scope).toBe('todos:read');
  });
  test('names that mean nothing here are dropped, offline_access is inert', async () => {
    const house = await newHouse();
    const { first } = await signedIn(house);
    expect((await refresh(house, first, { scope: 'openid todos:read offline_access' })).scope).toBe('todos:read');
  });
  test.each(['todos:read todos:write', 'todos:write', 'mail:read', 'nonsense'])(
    'asking for %s with todos:read granted is invalid_scope, and nothing is spent',
    async (scope) => {
      const house = await newHouse();
      const { first } = await signedIn(house, { scopes: ['todos:read'] });
      expect((await refusal(() => refresh(house, first, { scope }))).code).toBe('invalid_scope');
      expect((await refresh(house, first)).refresh_token).toMatch(/\.2\./);
    },
  );
});

describe('AS-66 resource', () => {
  const both = { resources: [todos.resource, mail.resource], scopes: ['todos:read', 'mail:read'] };
  test('a refresh can ask for the other server of the grant', async () => {
    const house = await newHouse();
    const { first } = await signedIn(house, both);
    const answer = await refresh(house, first, { resource: `${mail.resource}/` });
    expect(claimsOf(answer.access_token)).toMatchObject({ aud: mail.resource, scope: 'mail:read' });
  });
  test.each([
    ['not granted', mail.resource],
    ['unknown', 'https://x.example/mcp'],
  ])('clients.md pain 7 %s: invalid_target, and nothing is spent', async (_name, resource) => {
    const house = await newHouse();
    const { first } = await signedIn(house);
    expect((await refusal(() => refresh(house, first, { resource }))).code).toBe('invalid_target');
    expect((await refusal(() => refresh(house, first, { resource, scope: 'todos:read' }))).code).toBe('invalid_target');
    expect((await refresh(house, first)).refresh_token).toMatch(/\.2\./);
  });
  test('a server that is gone needs a new login', async () => {
    const house = await newHouse();
    const { first } = await signedIn(house);
    const without = { ...house, deps: { ...house.deps, servers: [mail] } };
    expect((await refusal(() => refresh(without, first))).code).toBe('invalid_grant');
  });
});

describe('clients.md pain 1 a replay window of one client', () => {
  /** The house with windows of their own for some clients. */
  const withWindows = (house: House, refreshReplayWindows: Record<string, number>): House => ({
    ...house,
    deps: { ...house.deps, lifetimes: Object.assign({}, lifetimes, { refreshReplayWindows }) },
  });

  test('0 makes the second use of a token a replay in the next second', async () => {
    const house = await newHouse();
    const strict = withWindows(house, { [house.client.clientId]: 0 });
    const { first, gid } = await signedIn(strict);
    await refresh(strict, first);
    house.deps.clock.forward(1);
    expect((await refusal(() => refresh(strict, first))).reason).toBe('refresh_replayed');
    expect(await stateOf(house, gid)).toBe('revoked');
  });

  test('a longer one than the default holds for as long as it says', async () => {
    const house = await newHouse();
    const patient = withWindows(house, { [house.client.clientId]: 600 });
    const { first } = await signedIn(patient);
    const { refresh_token } = await refresh(patient, first);
    house.deps.clock.forward(600);
    expect((await refresh(patient, first)).refresh_token).toBe(refresh_token);
    house.deps.clock.forward(1);
    expect((await refusal(() => refresh(patient, first))).reason).toBe('refresh_replayed');
  });

  test('the window of another client does not matter', async () => {
    const house = await newHouse();
    const others = withWindows(house, { other: 0, 'claude.ai': 0 });
    const { first } = await signedIn(others);
    await refresh(others, first);
    house.deps.clock.forward(lifetimes.refreshReplayWindow);
    expect(await refresh(others, first)).toHaveProperty('refresh_token');
  });

  const windows = { ...lifetimes, refreshReplayWindows: { 'claude.ai': 300, 'https://a.example/c': 10, dcr_x: 5 } };
  test.each([
    ['https://claude.ai/oauth/claude-code-client-metadata', 300],
    ['https://claude.ai.evil.example/x', 120],
    ['https://a.example/c', 10],
    ['https://a.example/d', 120],
    ['dcr_x', 5],
    ['claude.ai', 300],
    ['constructor', 120],
    ['toString', 120],
    ['https://', 120],
  ])('%s has %i seconds', (clientId, seconds) => expect(replayWindow(clientId, windows)).toBe(seconds));
});

describe('the end of a grant', () => {
  test('AS-68 the idle lifetime ends it, each refresh moves that on', async () => {
    const house = await newHouse();
    const { first } = await signedIn(house);
    house.deps.clock.forward(lifetimes.refreshTokenIdle - 1);
    const { refresh_token } = await refresh(house, first);
    house.deps.clock.forward(lifetimes.refreshTokenIdle);
    expect((await refusal(() => refresh(house, refresh_token))).code).toBe('invalid_grant');
  });
  test('no refresh goes beyond the absolute lifetime', async () => {
    const house = await newHouse();
    let { first: token } = await signedIn(house);
    for (let i = 0; i < 3; i += 1) {
      house.deps.clock.forward(lifetimes.refreshTokenAbsolute / 3 - 1);
      token = (await refresh(house, token)).refresh_token;
    }
    house.deps.clock.forward(10);
    expect((await refusal(() => refresh(house, token))).reason).toBe('refresh_expired');
  });
  test('an old session at the identity provider does not shorten it', async () => {
    const house = await newHouse();
    house.person.authTime -= 365 * 86_400;
    const { first } = await signedIn(house);
    expect(await refresh(house, first)).toHaveProperty('refresh_token');
  });
  test('a revoked grant refreshes no more', async () => {
    const house = await newHouse();
    const { first, gid } = await signedIn(house);
    await house.deps.grants.revoke(gid, house.deps.clock.now() + 3600);
    expect((await refusal(() => refresh(house, first))).reason).toBe('refresh_revoked');
  });
});

describe('D6 a client outlives its grants', () => {
  async function dying(house: House) {
    const expiresAt = house.deps.clock.now() + lifetimes.unusedRegistration;
    const client = { ...house.client, clientId: `${house.client.clientId}-dying`, expiresAt };
    await house.deps.clients.register(client);
    const { code, gid } = await codeFor(house, {}, client);
    const named = { client_id: client.clientId };
    return { client, gid, named, code };
  }

  test('the code renews it, and refreshes do when the time comes, not each time', async () => {
    const house = await newHouse();
    const { client, gid, named, code } = await dying(house);
    let { refresh_token: token } = await redeem(house, code, named);
    for (let day = 0; day < 60; day += 2) {
      house.deps.clock.forward(2 * 86_400);
      token = (await refresh(house, token, named)).refresh_token;
      const grant = await house.deps.grants.find(gid);
      const kept = await house.deps.clients.find(client.clientId, (grant?.expiresAt ?? Infinity) - 1);
      expect(kept?.clientId).toBe(client.clientId);
    }
    expect(house.calls['renew']).toBeLessThan(12);
    expect(house.calls['noteClientExpiry']).toBe((house.calls['renew'] ?? 0) - 1);
  });

  test('a client that was deleted is invalid_client', async () => {
    const house = await newHouse();
    const { named, code } = await dying(house);
    const { refresh_token } = await redeem(house, code, named);
    const gone = { ...house.deps.clients, find: async () => undefined };
    const without = { ...house, deps: { ...house.deps, clients: gone } };
    expect((await refusal(() => refresh(without, refresh_token, named))).code).toBe('invalid_client');
  });
});
