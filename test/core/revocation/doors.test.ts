import { describe, expect, test } from 'vitest';
import { exchangeToken } from '../../../lambdas/core/grants/exchange-token.ts';
import { userinfo } from '../../../lambdas/core/identity/userinfo.ts';
import { introspectToken } from '../../../lambdas/core/tokens/introspect-token.ts';
import { administer } from '../admin/clients/scene.ts';
import { revokeClient } from '../../../lambdas/core/admin/clients/revoke.ts';
import { confidentialClient, form, refusal, secret, todos } from '../fixtures.ts';
import { claimsOf, codeFor, redeem, refresh } from '../grants/flow.ts';
import { answer, begin, poll, terminal } from '../device/flow.ts';
import { useHouse } from '../house.ts';
import type { House } from '../house.ts';
import { endings, guardOf, marks } from './scene.ts';

const newHouse = useHouse();
const exchangeType = 'urn:ietf:params:oauth:grant-type:token-exchange';

/** A person who signed in with the house's public client, and a second later. */
async function signedIn(house: House) {
  const openId = { identityScopes: ['openid'], scopes: ['todos:read', 'todos:write'] };
  const { code, gid } = await codeFor(house, openId);
  const { access_token: access, refresh_token: first = '' } = await redeem(house, code);
  house.deps.clock.forward(1);
  return { gid, sub: house.person.sub, clientId: house.client.clientId, access, first };
}

/** A pre-registered client of the house, which may look at tokens and exchange them. */
async function gateway(house: House) {
  const clientId = `gateway-${house.deps.entropy.token(6)}`;
  const kind = 'pre-registered' as const;
  await house.deps.clients.register({ ...confidentialClient, clientId, kind, grantTypes: [exchangeType] });
  return { client_id: clientId, client_secret: secret };
}

async function exchanged(house: House, who: Record<string, string>, subject_token: string): Promise<string> {
  const subject_token_type = 'urn:ietf:params:oauth:token-type:access_token';
  const params = form({ grant_type: exchangeType, ...who, subject_token, subject_token_type });
  return (await exchangeToken({ params }, house.deps)).access_token;
}

describe.each(endings)('D9 F-D1 F-D3 F-D6 an administrator ends a %s', (_, end) => {
  test('the guard refuses its access tokens within 60 seconds', async () => {
    const house = await newHouse();
    const { clock } = house.deps;
    const access = await signedIn(house);
    const warm = guardOf(house, 60);
    expect(await warm(access.access)).toBe(true);
    await end(house, access);
    expect(await guardOf(house, 60)(access.access), 'an instance that never asked').toBe(false);
    clock.forward(59);
    expect(await warm(access.access)).toBe(true);
    clock.forward(1);
    expect(await warm(access.access)).toBe(false);
  });

  test('its refresh token is dead at once, and stays so', async () => {
    const house = await newHouse();
    const access = await signedIn(house);
    await end(house, access);
    expect(await refusal(() => refresh(house, access.first))).toMatchObject({ code: 'invalid_grant' });
    expect((await house.deps.grants.find(access.gid))?.state).toBe('revoked');
    expect(await refusal(() => refresh(house, access.first))).toMatchObject({ reason: 'refresh_revoked' });
  });

  test('the successor of a refresh whose answer was lost is not given out again', async () => {
    const house = await newHouse();
    const access = await signedIn(house);
    await refresh(house, access.first);
    await end(house, access);
    expect(await refusal(() => refresh(house, access.first))).toMatchObject({ code: 'invalid_grant' });
  });

  test('introspection, userinfo and token exchange say no', async () => {
    const house = await newHouse();
    const access = await signedIn(house);
    const { deps } = house;
    const who = await gateway(house);
    const look = (token: string, as: Record<string, string>) =>
      introspectToken({ params: form({ ...as, token }) }, deps);
    const identify = () => userinfo({ token: access.access, scheme: 'Bearer', proofs: [] }, 'GET', deps);
    expect(await look(access.access, who)).toMatchObject({ active: true });
    expect(await identify()).toMatchObject({ sub: access.sub });
    expect(await exchanged(house, who, access.access)).toBeDefined();
    await end(house, access);
    expect(await look(access.access, who)).toEqual({ active: false });
    expect((await refusal(identify)).reason).toBe('grant_dead');
    expect((await refusal(() => exchanged(house, who, access.access))).reason).toBe('subject_token_grant_dead');
  });

  test('a token that another client got by exchange dies with it', async () => {
    const house = await newHouse();
    const access = await signedIn(house);
    const child = await exchanged(house, await gateway(house), access.access);
    expect(await guardOf(house)(child)).toBe(true);
    await end(house, access);
    expect(await guardOf(house)(child)).toBe(false);
  });

  test('a new sign-in a second later lives, and what was ended stays dead', async () => {
    const house = await newHouse();
    const access = await signedIn(house);
    await end(house, access);
    house.deps.clock.forward(1);
    // The provider says when it saw the person; a sign-in here is new whatever that is.
    const again = await signedIn({ ...house, person: { ...house.person, authTime: 1 } });
    expect(await guardOf(house)(again.access)).toBe(true);
    expect(await guardOf(house)(access.access)).toBe(false);
    expect(await refresh(house, again.first)).toHaveProperty('refresh_token');
  });

  test('ending it twice is ending it once, for whoever is left', async () => {
    const house = await newHouse();
    const access = await signedIn(house);
    await end(house, access);
    await end(house, access);
    expect(await guardOf(house)(access.access)).toBe(false);
  });

  test('what other people have with other clients lives on', async () => {
    const house = await newHouse();
    const access = await signedIn(house);
    const who = { client_id: house.confidential.clientId, client_secret: secret };
    const other = { ...house, person: { ...house.person, sub: `${house.person.sub}-other` } };
    const { code } = await codeFor(other, { clientId: who.client_id }, house.confidential);
    const kept = await redeem(house, code, who);
    await end(house, access);
    expect(await guardOf(house)(kept.access_token)).toBe(true);
    expect(await refresh(house, kept.refresh_token, who)).toHaveProperty('refresh_token');
  });
});

describe('what ends what, and no more', () => {
  test('F-D1 ending a session leaves another one of the same person and client', async () => {
    const house = await newHouse();
    const [first, second] = [await signedIn(house), await signedIn(house)];
    await endings[0]?.[1](house, first);
    expect(await guardOf(house)(second.access)).toBe(true);
  });

  test.each([
    ['consent', 'another person', true],
    ['consent', 'another client', true],
    ['client', 'another person', false],
    ['client', 'another client', true],
    ['person', 'another client', false],
  ] as const)('ending a %s, with %s: it lives: %s', async (what, whose, lives) => {
    const house = await newHouse();
    const access = await signedIn(house);
    const client = whose === 'another client' ? house.confidential : house.client;
    const sub = whose === 'another person' ? `${house.person.sub}-other` : house.person.sub;
    const other = { ...house, person: { ...house.person, sub } };
    const { code } = await codeFor(other, { clientId: client.clientId }, client);
    const proof = { client_id: client.clientId, client_secret: client === house.client ? undefined : secret };
    const { access_token } = await redeem(house, code, proof);
    house.deps.clock.forward(1);
    await new Map(endings).get(what)?.(house, access);
    expect(await guardOf(house)(access_token)).toBe(lives);
  });

  test('RFC 8693 a client that is ended loses the tokens that it got by exchange, and can get new ones', async () => {
    const house = await newHouse();
    const { access } = await signedIn(house);
    const who = await gateway(house);
    const child = await exchanged(house, who, access);
    house.deps.clock.forward(1);
    await administer(house).run(revokeClient, { key: who.client_id });
    expect(await guardOf(house)(child)).toBe(false);
    expect(await guardOf(house)(access)).toBe(true);
    house.deps.clock.forward(1);
    expect(await guardOf(house)(await exchanged(house, who, access))).toBe(true);
  });

  test.each(marks)('D9 a code that was given out before the %s ended is worth nothing', async (_, end) => {
    const house = await newHouse();
    const { code, gid } = await codeFor(house);
    await end(house, { gid, sub: house.person.sub, clientId: house.client.clientId });
    house.deps.clock.forward(1);
    const { access_token, refresh_token } = await redeem(house, code);
    expect(claimsOf(access_token)).toMatchObject({ aud: todos.resource });
    expect(await guardOf(house)(access_token)).toBe(false);
    expect((await refusal(() => refresh(house, refresh_token))).code).toBe('invalid_grant');
  });

  test.each(marks)('D9 F-D6 nobody is signed in elsewhere, by an ID token, after the %s ended', async (_, end) => {
    const house = await newHouse();
    const { code, gid } = await codeFor(house, { identityScopes: ['openid'] });
    await end(house, { gid, sub: house.person.sub, clientId: house.client.clientId });
    expect(await refusal(() => redeem(house, code))).toMatchObject({ code: 'invalid_grant', reason: 'access_revoked' });
    expect((await house.deps.grants.find(gid))?.state).toBe('revoked');
  });

  test.each(marks)('D9 F-D6 nor by a device that was allowed before, after the %s ended', async (_, end) => {
    const house = await newHouse();
    const client = await terminal(house);
    const { device_code, user_code } = await begin(house, client, { scope: 'openid todos:read' });
    expect(await answer(house, user_code, true)).toEqual({ allowed: true });
    await end(house, { gid: '', sub: house.person.sub, clientId: client.clientId });
    house.deps.clock.forward(60);
    const late = await refusal(() => poll(house, client, device_code));
    expect(late).toMatchObject({ code: 'invalid_grant', reason: 'access_revoked' });
  });
});
