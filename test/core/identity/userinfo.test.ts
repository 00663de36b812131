import { describe, expect, test } from 'vitest';
import { userinfo } from '../../../lambdas/core/identity/userinfo.ts';
import { signAccessToken } from '../../../lambdas/core/tokens/access-token.ts';
import { DpopKey } from '../../rig/dpop-key.ts';
import { issuer, lifetimes, refusal, todos } from '../fixtures.ts';
import { claimsOf, refresh } from '../grants/flow.ts';
import { useHouse } from '../house.ts';
import type { House } from '../house.ts';
import { openIdOnly, signIn } from './walk.ts';

const newHouse = useHouse();

const ask = (house: House, token: string) => userinfo({ token, scheme: 'Bearer', proofs: [] }, 'GET', house.deps);

/** A token of the same grant, signed by this server, with other claims. */
function resigned(house: House, token: string, changes: Record<string, unknown>): Promise<string> {
  const claims = { ...claimsOf(token), ...changes } as unknown as Parameters<typeof signAccessToken>[0];
  return signAccessToken(claims, house.deps);
}

describe('OIDC Core §5.3', () => {
  test.each([
    ['openid', { sub: true }],
    ['openid email', { sub: true, email: 'p@x.example', email_verified: false }],
    ['openid profile', { sub: true, name: 'P' }],
    ['openid email profile', { sub: true, email: 'p@x.example', email_verified: false, name: 'P' }],
  ])('%s: exactly the claims of its scopes', async (scope, claims) => {
    const house = await newHouse();
    const { tokens } = await signIn(house, { ...openIdOnly, scope });
    expect(await ask(house, tokens.access_token)).toEqual({ ...claims, sub: house.person.sub });
  });

  test('a token for an MCP server serves as well, if openid was granted with it', async () => {
    const house = await newHouse();
    const { tokens } = await signIn(house, { scope: 'openid todos:read' });
    expect(claimsOf(tokens.access_token)['aud']).toBe(todos.resource);
    expect(await ask(house, tokens.access_token)).toEqual({ sub: house.person.sub });
  });
});

describe('RFC 9449 §7 a token that is bound to a key', () => {
  test('needs a proof of that key for this call, and of no other', async () => {
    const house = await newHouse();
    const [key, other] = [await DpopKey.create(), await DpopKey.create()];
    const { tokens } = await signIn(house, openIdOnly);
    const token = await resigned(house, tokens.access_token, { cnf: { jkt: key.jkt } });
    const call = { method: 'POST', url: `${issuer}/userinfo`, now: house.deps.clock.now(), accessToken: token };
    const show = (proof: string) => userinfo({ token, scheme: 'DPoP', proofs: [proof] }, 'POST', house.deps);
    expect(await show(await key.prove(call))).toMatchObject({ sub: house.person.sub });
    for (const [bad, reason] of [
      [await other.prove(call), 'dpop_other_key'],
      [await key.prove({ ...call, method: 'GET' }), 'dpop_htm'],
      [await key.prove({ ...call, url: `${issuer}/token` }), 'dpop_htu'],
      [await key.prove({ ...call, accessToken: tokens.access_token }), 'dpop_ath'],
      ['', 'dpop_malformed'],
    ] as const) {
      expect(await refusal(() => show(bad))).toMatchObject({ code: 'invalid_token', reason });
    }
  });
});

describe('what is refused', () => {
  test('RS-07 a token without openid: insufficient_scope', async () => {
    const house = await newHouse();
    const { tokens } = await signIn(house);
    expect((await refusal(() => ask(house, tokens.access_token))).code).toBe('insufficient_scope');
  });

  test('a token that was narrowed to other scopes: insufficient_scope', async () => {
    const house = await newHouse();
    const { tokens } = await signIn(house, { scope: 'openid todos:read' });
    const narrow = await refresh(house, tokens.refresh_token, { scope: 'todos:read' });
    expect((await refusal(() => ask(house, narrow.access_token))).code).toBe('insufficient_scope');
  });

  test('a token that says openid while its grant does not', async () => {
    const house = await newHouse();
    const { tokens } = await signIn(house);
    const token = await resigned(house, tokens.access_token, { scope: 'openid email' });
    expect((await refusal(() => ask(house, token))).code).toBe('insufficient_scope');
  });

  test.each<[string, Record<string, unknown>, string]>([
    ['another audience', { aud: 'https://other.example/mcp' }, 'audience'],
    ['two audiences', { aud: [todos.resource, 'https://other.example'] }, 'audience'],
    ['the issuer as audience', { aud: issuer }, 'audience'],
    ['another issuer', { iss: 'https://other.example' }, 'issuer'],
    ['a DPoP key, sent as Bearer', { cnf: { jkt: 'A'.repeat(43) } }, 'dpop_bound'],
    ['another grant', { gid: 'A'.repeat(22) }, 'grant_dead'],
  ])('RS-05 a token with %s', async (_name, changes, reason) => {
    const house = await newHouse();
    const { tokens } = await signIn(house, openIdOnly);
    const token = await resigned(house, tokens.access_token, changes);
    expect(await refusal(() => ask(house, token))).toMatchObject({ code: 'invalid_token', reason });
  });

  test.each(['', 'x', 'a.b.c', `${'x'.repeat(9000)}`])('what is no token (%#)', async (token) => {
    expect((await refusal(async () => ask(await newHouse(), token))).code).toBe('invalid_token');
  });

  test('an ID token', async () => {
    const house = await newHouse();
    const { tokens } = await signIn(house, openIdOnly);
    expect((await refusal(() => ask(house, tokens.id_token ?? ''))).code).toBe('invalid_token');
  });

  test('an expired token', async () => {
    const house = await newHouse();
    const { tokens } = await signIn(house, openIdOnly);
    house.deps.clock.forward(lifetimes.accessToken);
    expect((await refusal(() => ask(house, tokens.access_token))).reason).toBe('expired');
  });

  test('D9 a token of a revoked grant, at once', async () => {
    const house = await newHouse();
    const { tokens } = await signIn(house, openIdOnly);
    const { gid } = claimsOf(tokens.access_token);
    await house.deps.grants.revoke(String(gid), house.deps.clock.now() + 3600);
    expect((await refusal(() => ask(house, tokens.access_token))).reason).toBe('grant_dead');
  });

  test('a bearer token sent as DPoP', async () => {
    const house = await newHouse();
    const { tokens } = await signIn(house, openIdOnly);
    const presented = { token: tokens.access_token, scheme: 'DPoP', proofs: [] } as const;
    expect((await refusal(() => userinfo(presented, 'GET', house.deps))).reason).toBe('dpop_unbound');
  });
});
