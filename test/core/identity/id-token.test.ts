import { createHash } from 'node:crypto';
import { jwtVerify } from 'jose';
import { describe, expect, test } from 'vitest';
import { verifyAccessToken } from '../../../lambdas/core/resource/verify-access-token.ts';
import { issuer, lifetimes, refusal, todos } from '../fixtures.ts';
import { claimsOf, refresh } from '../grants/flow.ts';
import { useHouse } from '../house.ts';
import { keyOf } from './signing-keys.ts';
import { openIdOnly, signIn } from './walk.ts';

const newHouse = useHouse();

describe.each([
  ['RS256', 'sha256'],
  ['ES256', 'sha256'],
  ['EdDSA', 'sha512'],
] as const)('OIDC Core §2 the ID token signed with %s', (algorithm, hash) => {
  test('says who signed in, when and how, to this client, and is tied to the access token', async () => {
    const house = await newHouse();
    const { key, signer, publicKey } = keyOf(algorithm);
    Object.assign(house.deps, { signer, signingKeys: { list: async () => [key] } });
    house.deps.identityProvider.person = { ...house.person, emailVerified: true, acr: 'aal2', amr: ['pwd', 'otp'] };
    const { tokens } = await signIn(house, {
      ...openIdOnly,
      scope: 'openid email profile todos:read',
      resource: todos.resource,
    });
    expect(signer.count).toBe(2);
    const now = house.deps.clock.now();
    const { payload, protectedHeader } = await jwtVerify(tokens.id_token ?? '', publicKey, {
      issuer,
      audience: house.client.clientId,
      currentDate: new Date(now * 1000),
    });
    expect(protectedHeader).toEqual({ alg: algorithm, kid: algorithm, typ: 'JWT' });
    const digest = createHash(hash).update(tokens.access_token).digest();
    expect(payload).toEqual({
      iss: issuer,
      aud: house.client.clientId,
      sub: house.person.sub,
      iat: now,
      exp: now + lifetimes.accessToken,
      auth_time: house.person.authTime,
      nonce: 'nonce-1',
      at_hash: digest.subarray(0, digest.length / 2).toString('base64url'),
      acr: 'aal2',
      amr: ['pwd', 'otp'],
      email: house.person.email,
      email_verified: true,
      name: house.person.name,
    });
    expect(tokens.scope).toBe('todos:read openid profile email');
  });
});

test('without openid there is no ID token, and nothing more is signed', async () => {
  const house = await newHouse();
  const { tokens } = await signIn(house, { nonce: 'nonce-1' });
  expect(tokens).not.toHaveProperty('id_token');
  expect(house.deps.signer.count).toBe(1);
});

test('OIDC Core §5.4 it says no more than was asked', async () => {
  const house = await newHouse();
  const { tokens } = await signIn(house, { ...openIdOnly, scope: 'openid', nonce: undefined });
  const claims = Object.keys(claimsOf(tokens.id_token ?? '')).sort();
  expect(claims).toEqual(['at_hash', 'aud', 'auth_time', 'exp', 'iat', 'iss', 'sub']);
});

test('an address for which nobody vouches is not verified', async () => {
  const house = await newHouse();
  const { tokens } = await signIn(house, openIdOnly);
  expect(claimsOf(tokens.id_token ?? '')).toMatchObject({ email: 'p@x.example', email_verified: false });
});

test('RS-05 a token of a request that only signs in opens no server, and an ID token is no access token', async () => {
  const house = await newHouse();
  const { tokens } = await signIn(house, openIdOnly);
  const { clock, signingKeys: keys } = house.deps;
  const at = { issuer, server: todos, keys, clock };
  expect((await refusal(() => verifyAccessToken(tokens.access_token, at))).reason).toBe('audience');
  expect((await refusal(() => verifyAccessToken(tokens.id_token ?? '', at))).reason).toBe('type');
  const asClient = { ...at, server: { resource: house.client.clientId } };
  expect((await refusal(() => verifyAccessToken(tokens.id_token ?? '', asClient))).reason).toBe('type');
});

describe('OIDC Core §12.2 a refresh', () => {
  test('brings an ID token of the same sign-in, without the nonce', async () => {
    const house = await newHouse();
    const { tokens } = await signIn(house, openIdOnly);
    house.deps.clock.forward(600);
    const next = await refresh(house, tokens.refresh_token);
    const [first, second] = [tokens, next].map(({ id_token }) => claimsOf(id_token ?? ''));
    expect(second).toMatchObject({ sub: first?.['sub'], aud: first?.['aud'], auth_time: first?.['auth_time'] });
    expect(second?.['iat']).toBe(Number(first?.['iat']) + 600);
    expect(second).not.toHaveProperty('nonce');
    expect(next.scope).toBe(tokens.scope);
  });

  test('for fewer scopes brings none without openid', async () => {
    const house = await newHouse();
    const { tokens } = await signIn(house, {
      ...openIdOnly,
      scope: 'openid email todos:read',
      resource: todos.resource,
    });
    const narrow = await refresh(house, tokens.refresh_token, { scope: 'todos:read' });
    expect([narrow.scope, narrow.id_token]).toEqual(['todos:read', undefined]);
    const identity = await refresh(house, narrow.refresh_token, { scope: 'openid' });
    expect(identity.scope).toBe('openid');
    expect(claimsOf(identity.id_token ?? '')).not.toHaveProperty('email');
  });

  test('AS-68 openid that was not granted is left out; nothing else asked, it is invalid_scope', async () => {
    const house = await newHouse();
    const { tokens } = await signIn(house);
    const error = await refusal(() => refresh(house, tokens.refresh_token, { scope: 'openid' }));
    expect(error.code).toBe('invalid_scope');
    const next = await refresh(house, tokens.refresh_token, { scope: 'openid email todos:read' });
    expect([next.scope, next.id_token]).toEqual(['todos:read', undefined]);
  });
});
