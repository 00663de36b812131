import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { upstreamOidc } from '../../lambdas/adapters/upstream-oidc.ts';
import { Browser } from '../local-idp/browser.ts';
import type { RunningProvider } from '../local-idp/provider.ts';
import { callback, runProvider } from '../local-idp/provider.ts';
import type { Script, ScriptedProvider } from './scripted-provider.ts';
import { plainScript, scriptedProvider } from './scripted-provider.ts';

const transaction = { state: 'state-1', nonce: 'nonce', codeVerifier: 'v'.repeat(43) };
const clientSecret = async (): Promise<string> => 'a secret/with+signs';

describe('signing in at a real OpenID provider', () => {
  let stateDir: string;
  let idp: RunningProvider;

  beforeAll(async () => {
    stateDir = await mkdtemp(join(tmpdir(), 'upstream-'));
    idp = await runProvider(stateDir);
  });
  afterAll(async () => {
    await idp.stop();
    await rm(stateDir, { recursive: true });
  });

  const newUpstream = () =>
    upstreamOidc({ issuer: idp.issuer, clientId: 'gatehouse', clientSecret, redirectUri: callback });

  /** Lets a person sign in. @returns what the provider sends back */
  async function signIn(upstream: ReturnType<typeof newUpstream>, name = 'Ada'): Promise<URLSearchParams> {
    const url = await upstream.signInUrl(transaction);
    const browser = new Browser();
    const form = await browser.follow(await browser.get(url), url, callback);
    const answer = await browser.post(form.url, { name, password: 'any' });
    return new URL((await browser.follow(answer, form.url, callback)).url).searchParams;
  }

  test('the person comes back verified', async () => {
    const upstream = newUpstream();
    const person = await upstream.verify(await signIn(upstream, 'Ada Lovelace'), transaction);
    expect(person).toEqual({
      sub: 'ada lovelace',
      name: 'Ada Lovelace',
      email: expect.stringMatching(/^ada\.lovelace\..*@example\.test$/),
      emailVerified: true,
      authTime: expect.any(Number),
    });
    expect(Math.abs(person.authTime - Date.now() / 1000)).toBeLessThan(60);
  });

  test('an answer counts once: the provider refuses its code a second time', async () => {
    const upstream = newUpstream();
    const answer = await signIn(upstream);
    await upstream.verify(answer, transaction);
    await expect(upstream.verify(answer, transaction)).rejects.toMatchObject({ kind: 'invalid' });
  });

  test.each([
    ['state', { state: 'another' }],
    ['nonce', { nonce: 'another' }],
    ['PKCE verifier', { codeVerifier: 'w'.repeat(43) }],
  ])('an answer to a transaction with another %s is refused', async (_, changes) => {
    const upstream = newUpstream();
    const answer = await signIn(upstream);
    const refusal = { name: 'IdentityProviderError', kind: 'invalid' };
    await expect(upstream.verify(answer, { ...transaction, ...changes })).rejects.toMatchObject(refusal);
  });

  test('a wrong client secret is refused', async () => {
    const right = newUpstream();
    const options = { issuer: idp.issuer, clientId: 'gatehouse', redirectUri: callback };
    const wrong = upstreamOidc({ ...options, clientSecret: async () => 'wrong' });
    await expect(wrong.verify(await signIn(right), transaction)).rejects.toMatchObject({ kind: 'invalid' });
  });
});

describe('whatever the provider does', () => {
  let idp: ScriptedProvider;
  let now = 1000;

  beforeEach(async () => {
    now = 1000;
    idp = await scriptedProvider();
  });
  afterEach(() => idp.stop());

  const newUpstream = (groups?: { claim: string; names: readonly string[] }) =>
    upstreamOidc({
      issuer: idp.issuer,
      clientId: 'gatehouse',
      clientSecret,
      redirectUri: callback,
      clock: { now: () => now },
      groups,
    });
  const script = (changes: Partial<Script>) => (idp.script = { ...plainScript(), ...changes });
  const verify = (answer: Record<string, string> = { code: 'c', state: 'state-1' }) =>
    newUpstream().verify(new URLSearchParams(answer), transaction);

  test('D8 nothing but our own request goes upstream', async () => {
    const url = new URL(await newUpstream().signInUrl(transaction));
    expect(`${url.origin}${url.pathname}`).toBe(`${idp.issuer}/authorize`);
    expect(Object.fromEntries(url.searchParams)).toEqual({
      response_type: 'code',
      client_id: 'gatehouse',
      redirect_uri: callback,
      scope: 'openid email profile',
      state: 'state-1',
      nonce: 'nonce',
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
      code_challenge_method: 'S256',
    });
    await verify();
    expect(Object.fromEntries(idp.tokenRequest().form)).toEqual({
      grant_type: 'authorization_code',
      code: 'c',
      redirect_uri: callback,
      code_verifier: transaction.codeVerifier,
    });
    expect(idp.tokenRequest().authorization).toMatch(/^Basic /);
  });

  describe('OIDC Core §3.1.2.1 how the person is to sign in', () => {
    const asked = async (wish: object) => {
      const url = new URL(await newUpstream().signInUrl({ ...transaction, ...wish }));
      return ['prompt', 'max_age', 'login_hint'].map((name) => url.searchParams.get(name));
    };

    test('is asked by its parameters', async () => {
      const wish = { prompt: 'login', maxAge: 0, loginHint: 'ada&prompt=none', notBefore: 1 };
      expect(await asked(wish)).toEqual(['login', '0', 'ada&prompt=none']);
      expect(await asked({ prompt: 'select_account' })).toEqual(['select_account', null, null]);
    });

    test('a provider without a choice of account signs the person in again', async () => {
      script({ metadata: { prompt_values_supported: ['none', 'login'] } });
      expect(await asked({ prompt: 'select_account' })).toEqual(['login', null, null]);
      script({ metadata: { prompt_values_supported: ['login', 'select_account'] } });
      expect(await asked({ prompt: 'select_account' })).toEqual(['select_account', null, null]);
    });

    test('an answer to max_age without auth_time is refused', async () => {
      const answer = new URLSearchParams({ code: 'c', state: 'state-1' });
      const verified = newUpstream().verify(answer, { ...transaction, maxAge: 60 });
      await expect(verified).rejects.toMatchObject({ kind: 'invalid' });
    });
  });

  test.each([
    ['acr and amr as they are', { acr: 'aal2', amr: ['pwd', 'otp'] }, { acr: 'aal2', amr: ['pwd', 'otp'] }],
    ['nothing else for them', { acr: 2, amr: 'pwd' }, {}],
    ['no list of anything', { amr: ['pwd', 1] }, {}],
    ['a name cut to 200 characters', { name: '😀'.repeat(300) }, { name: '😀'.repeat(200) }],
    [
      'an address that is verified',
      { email: 'A@x.example', email_verified: 'true' },
      { email: 'a@x.example', emailVerified: true },
    ],
    ['an address of which nothing is said', { email: 'a@x.example' }, { email: 'a@x.example' }],
  ])('the person has %s', async (_name, claims, expected) => {
    script({ claims: { ...claims, auth_time: 500 } });
    expect(await verify()).toEqual({ sub: 'Ada|1', authTime: 500, ...expected });
  });

  test('a provider that takes the secret only in the form gets it there', async () => {
    script({ metadata: { token_endpoint_auth_methods_supported: ['client_secret_post'] } });
    await verify();
    expect(idp.tokenRequest().form.get('client_secret')).toBe('a secret/with+signs');
    expect(idp.tokenRequest().authorization).toBeUndefined();
  });

  test('the subject is kept as it is, and the sign-in time falls back to that of the token', async () => {
    const iat = Math.floor(Date.now() / 1000) - 3;
    script({ claims: { iat } });
    expect(await verify()).toEqual({ sub: 'Ada|1', authTime: iat });
    script({ claims: { iat, auth_time: iat - 500 } });
    expect(await verify()).toEqual({ sub: 'Ada|1', authTime: iat - 500 });
  });

  test.each([
    ['unsaid', { email: 'Ada@Example.com' }, 'ada@example.com'],
    ['true', { email: 'Ada@Example.com', email_verified: true }, 'ada@example.com'],
    ['false', { email: 'Ada@Example.com', email_verified: false }, undefined],
    ['"false"', { email: 'Ada@Example.com', email_verified: 'false' }, undefined],
    ['true, but the address is no string', { email: ['a@b'], email_verified: true }, undefined],
  ])('an e-mail address whose verification is %s', async (_, claims, email) => {
    script({ claims });
    expect((await verify()).email).toBe(email);
  });

  test('the UserInfo endpoint is asked only where the id_token has no address', async () => {
    script({ userinfo: { sub: 'Ada|1', email: 'ADA@example.com' } });
    expect((await verify()).email).toBe('ada@example.com');
    script({ userinfo: { sub: 'Ada|1', email: 'other@example.com' }, claims: { email: 'ada@example.com' } });
    idp.seen.length = 0;
    expect((await verify()).email).toBe('ada@example.com');
    expect(idp.seen).not.toContain('GET /pool/userinfo');
  });

  test('F-D5 an address that only looks like another one in capitals stays another one', async () => {
    script({ claims: { email: '\u212Aevin@Example.com', email_verified: true } });
    expect((await verify()).email).toBe('\u212Aevin@example.com');
  });

  describe('F-D5 groups', () => {
    const known = { claim: 'cognito:groups', names: ['gatehouse-admins', 'Cloud Ops', 'readers'] };
    const groupsOf = async (value: unknown, groups: typeof known | undefined = known) => {
      script({ claims: { 'cognito:groups': value } });
      const answer = new URLSearchParams({ code: 'c', state: 'state-1' });
      return (await newUpstream(groups).verify(answer, transaction)).groups;
    };

    test.each([
      ['an array', ['x', 'Cloud Ops', 'gatehouse-admins'], ['gatehouse-admins', 'Cloud Ops']],
      ['one name with a space', 'Cloud Ops', ['Cloud Ops']],
    ])('of %s only those are kept that mean something', async (_, value, kept) => {
      expect(await groupsOf(value)).toEqual(kept);
    });

    test.each([
      ['other names', ['gatehouse-administrators', 'GATEHOUSE-ADMINS', 'gatehouse-admin']],
      ['a text with spaces, which is one name,', 'readers x gatehouse-admins'],
      ['a text with commas, which is one name,', 'x, readers,y'],
      ['no claim', undefined],
      ['an object', { 'gatehouse-admins': true }],
      ['arrays in an array', [['gatehouse-admins']]],
      ['a number', 7],
    ])('%s give nothing', async (_, value) => {
      expect(await groupsOf(value)).toBeUndefined();
    });

    test('another claim gives nothing, and neither does any where nobody administers', async () => {
      script({ claims: { groups: ['gatehouse-admins'] } });
      const answer = new URLSearchParams({ code: 'c', state: 'state-1' });
      expect((await newUpstream(known).verify(answer, transaction)).groups).toBeUndefined();
      script({ claims: { 'cognito:groups': ['gatehouse-admins'] } });
      expect((await newUpstream().verify(answer, transaction)).groups).toBeUndefined();
    });

    test('hundreds of groups make no session larger', async () => {
      const many = Array.from({ length: 500 }, (_, index) => `group-${index}`);
      expect(await groupsOf([...many, 'readers'])).toEqual(['readers']);
    });
  });

  test("OIDC Core 5.3.2: another person's UserInfo is not used", async () => {
    script({ userinfo: { sub: 'Eve', email: 'eve@example.com' } });
    expect(await verify()).toEqual({ sub: 'Ada|1', authTime: expect.any(Number) });
  });

  test.each<[string, Partial<Script>]>([
    ['a signature by another key', { forged: true }],
    ['another nonce', { claims: { nonce: 'other' } }],
    ['no nonce', { claims: { nonce: undefined } }],
    ['another issuer', { claims: { iss: 'https://evil.example' } }],
    ['another audience', { claims: { aud: 'other' } }],
    ['an end in the past', { claims: { exp: 1000 } }],
    ['no subject', { claims: { sub: undefined } }],
  ])('an id_token with %s is refused', async (_, changes) => {
    script(changes);
    await expect(verify()).rejects.toMatchObject({ name: 'IdentityProviderError', kind: 'invalid' });
  });

  test.each<[string, Record<string, string>, string]>([
    ['access_denied', { error: 'access_denied', state: 'state-1' }, 'denied'],
    ['temporarily_unavailable', { error: 'temporarily_unavailable', state: 'state-1' }, 'unavailable'],
    ['invalid_scope', { error: 'invalid_scope', state: 'state-1' }, 'invalid'],
    ['access_denied with another state', { error: 'access_denied', state: 'other' }, 'invalid'],
    ['no state', { code: 'c' }, 'invalid'],
    ['nothing', {}, 'invalid'],
    ['another iss (RFC 9207)', { code: 'c', state: 'state-1', iss: 'https://evil.example' }, 'invalid'],
  ])('an answer that says %s', async (_, answer, kind) => {
    await expect(verify(answer)).rejects.toMatchObject({ kind });
    expect(idp.seen).not.toContain('POST /pool/token');
  });

  test('RFC 9207: an answer without iss is refused if the provider promises one', async () => {
    script({ metadata: { authorization_response_iss_parameter_supported: true } });
    await expect(verify()).rejects.toMatchObject({ kind: 'invalid' });
    const answer = { code: 'c', state: 'state-1', iss: idp.issuer };
    expect(await verify(answer)).toMatchObject({ sub: 'Ada|1' });
  });

  test('a repeated parameter is refused', async () => {
    const answer = new URLSearchParams('code=a&code=b&state=state-1');
    await expect(newUpstream().verify(answer, transaction)).rejects.toMatchObject({ kind: 'invalid' });
  });

  test('a metadata document of another issuer is refused', async () => {
    script({ metadata: { issuer: 'https://evil.example' } });
    await expect(newUpstream().signInUrl(transaction)).rejects.toMatchObject({ name: 'IdentityProviderError' });
  });

  test('an outage is called so, at discovery and at the token endpoint', async () => {
    const unavailable = { name: 'IdentityProviderError', kind: 'unavailable' };
    const discovered = newUpstream();
    await discovered.signInUrl(transaction);
    const answer = new URLSearchParams({ code: 'c', state: 'state-1' });
    script({ outage: 503 });
    await expect(newUpstream().signInUrl(transaction)).rejects.toMatchObject(unavailable);
    await expect(discovered.verify(answer, transaction)).rejects.toMatchObject(unavailable);
    script({ tokenError: { status: 500, error: 'server_error' } });
    await expect(discovered.verify(answer, transaction)).rejects.toMatchObject(unavailable);
    script({ tokenError: { status: 400, error: 'invalid_grant' } });
    await expect(discovered.verify(answer, transaction)).rejects.toMatchObject({ kind: 'invalid' });
    await idp.stop();
    await expect(newUpstream().signInUrl(transaction)).rejects.toMatchObject(unavailable);
    await expect(discovered.verify(answer, transaction)).rejects.toMatchObject(unavailable);
    idp = await scriptedProvider();
  });

  test('a provider that does not answer is given up after five seconds', async () => {
    script({ silent: true });
    const before = Date.now();
    await expect(newUpstream().signInUrl(transaction)).rejects.toMatchObject({ kind: 'unavailable' });
    expect(Date.now() - before).toBeLessThan(7000);
  });

  test('discovery is remembered for ten minutes, shared by parallel callers, and a failure is not remembered', async () => {
    const upstream = newUpstream();
    const discoveries = () => idp.seen.filter((line) => line.includes('openid-configuration')).length;
    script({ outage: 500 });
    await expect(upstream.signInUrl(transaction)).rejects.toMatchObject({ kind: 'unavailable' });
    script({});
    idp.seen.length = 0;
    await Promise.all([upstream.signInUrl(transaction), upstream.signInUrl(transaction)]);
    now += 599;
    await upstream.signInUrl(transaction);
    expect(discoveries()).toBe(1);
    now += 1;
    await upstream.signInUrl(transaction);
    expect(discoveries()).toBe(2);
  });

  test('plain http is only for loopback', async () => {
    const options = { clientId: 'gatehouse', clientSecret, redirectUri: callback };
    const upstream = upstreamOidc({ ...options, issuer: 'http://idp.example' });
    await expect(upstream.signInUrl(transaction)).rejects.toMatchObject({
      kind: 'unavailable',
      cause: { message: expect.stringMatching(/HTTPS/i) },
    });
  });

  test("a client secret that cannot be read is our fault, not the provider's", async () => {
    const options = { issuer: idp.issuer, clientId: 'gatehouse', redirectUri: callback };
    const upstream = upstreamOidc({ ...options, clientSecret: () => Promise.reject(new Error('no secret')) });
    await expect(upstream.signInUrl(transaction)).rejects.toThrow('no secret');
  });
});
