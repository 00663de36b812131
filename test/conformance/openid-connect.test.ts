import { createHash } from 'node:crypto';
import { decodeJwt } from 'jose';
import * as oidc from 'openid-client';
import { describe, expect, inject, test } from 'vitest';
import { callMcp } from '../rig/mcp-call.ts';
import { OAuthClient } from '../rig/oauth-client.ts';
import { openIdClient, openIdSignIn } from '../rig/openid-sign-in.ts';
import { describe as shown, isSignIn, Person } from '../rig/person.ts';

const { baseUrl, mcpUrls } = inject('gatehouse');
const resource = mcpUrls['todo'] ?? '';
const userinfoUrl = `${baseUrl}/userinfo`;

const ask = (token?: string, init: RequestInit = {}) =>
  fetch(userinfoUrl, { ...init, headers: token === undefined ? {} : { authorization: `Bearer ${token}` } });

describe('F-A8 openid-client, strict, RS256', () => {
  test('code with PKCE: the ID token holds, the userinfo endpoint agrees with it', async () => {
    const client = await openIdClient(baseUrl);
    const person = new Person();
    const tokens = await openIdSignIn(client, {}, { person });
    const claims = tokens.claims();
    const name = { sub: person.name.toLowerCase(), name: person.name, email_verified: true };
    expect(claims).toMatchObject({ ...name, iss: baseUrl, aud: client.clientId });
    const hash = createHash('sha256').update(tokens.access_token).digest().subarray(0, 16).toString('base64url');
    expect(claims?.['at_hash']).toBe(hash);
    expect((claims?.exp ?? 0) - (claims?.iat ?? 0)).toBe(tokens.expires_in);
    expect(Math.abs((claims?.auth_time ?? 0) - Date.now() / 1000)).toBeLessThan(60);
    const info = await oidc.fetchUserInfo(client.config, tokens.access_token, claims?.sub ?? '');
    expect(info).toEqual({ ...name, email: claims?.['email'] });
    expect(tokens.scope).toBe('openid profile email');
  });

  test('who only signs in gets into no MCP server', async () => {
    const tokens = await openIdSignIn(await openIdClient(baseUrl));
    expect((await callMcp(resource, tokens.access_token)).status).toBe(401);
  });

  test('a refresh brings an ID token of the same person, and userinfo goes on', async () => {
    const client = await openIdClient(baseUrl);
    const first = await openIdSignIn(client);
    const next = await oidc.refreshTokenGrant(client.config, first.refresh_token ?? '');
    expect(next.claims()).toMatchObject({ sub: first.claims()?.sub, auth_time: first.claims()?.auth_time });
    expect((await ask(next.access_token)).status).toBe(200);
  });

  test('the fallback scope of mcp-remote ends in a token that opens the MCP server', async () => {
    const client = await OAuthClient.register(baseUrl);
    const { accessToken, scope } = await client.signIn({ parameters: { scope: 'openid email profile', resource } });
    expect(scope.split(' ')).toEqual(expect.arrayContaining(['todo:read', 'todo:write', 'openid']));
    expect((await callMcp(resource, accessToken)).status).toBe(200);
    expect((await ask(accessToken)).status).toBe(200);
  });

  test('the consent page says what the app learns, and that it opens nothing', async () => {
    const client = await OAuthClient.register(baseUrl);
    const page = await new Person().arrive(client.start({ scope: 'openid email profile' }).url);
    expect(shown(page)).toMatch(/Who you are: name, e-mail address/);
    expect(shown(page)).not.toMatch(/todo:read/);
  });
});

describe('OIDC Core §5.3 the userinfo endpoint', () => {
  const accessToken = async () => (await openIdSignIn(await openIdClient(baseUrl))).access_token;

  test('answers GET and POST alike, uncached, to scripts of any origin', async () => {
    const token = await accessToken();
    const [get, post] = [await ask(token), await ask(token, { method: 'POST' })];
    expect(await get.json()).toEqual(await post.json());
    expect(get.headers.get('cache-control')).toBe('no-store');
    expect(get.headers.get('access-control-allow-origin')).toBe('*');
    const preflight = await fetch(userinfoUrl, { method: 'OPTIONS' });
    expect(preflight.headers.get('access-control-allow-headers')?.toLowerCase()).toContain('authorization');
  });

  test.each([
    ['no token', undefined, /^Bearer$/],
    ['a token that is none', 'nonsense', /^Bearer error="invalid_token"$/],
  ])('%s: 401 with a challenge', async (_name, token, challenge) => {
    const answer = await ask(token);
    expect(answer.status).toBe(401);
    // API Gateway renames the header of an integration (docs/decisions/0002-front-door.md).
    expect(answer.headers.get('x-amzn-remapped-www-authenticate')).toMatch(challenge);
    expect(await answer.json()).toMatchObject({ error: 'invalid_token' });
  });

  test('RS-06 a token in the query is not looked for', async () => {
    const answer = await fetch(`${userinfoUrl}?access_token=${await accessToken()}`);
    expect(answer.status).toBe(401);
  });

  test('a token without openid: 403', async () => {
    const { accessToken: token } = await (await OAuthClient.register(baseUrl)).signIn();
    const answer = await ask(token);
    expect([answer.status, ((await answer.json()) as { error: string }).error]).toEqual([403, 'insufficient_scope']);
  });

  test('D9 a grant that was revoked answers 401 at once', async () => {
    const client = await OAuthClient.register(baseUrl);
    const attempt = client.start({ scope: 'openid' });
    const landing = await new Person().authorize(attempt.url);
    const token = String((await client.redeem(attempt, landing)).body['access_token']);
    expect((await ask(token)).status).toBe(200);
    // AS-63: a second use of the code ends the grant.
    expect((await client.redeem(attempt, landing)).status).toBe(400);
    expect((await ask(token)).status).toBe(401);
  });
});

describe('OIDC Core §3.1.2.1 prompt, max_age and login_hint', () => {
  const scope = 'openid';

  test('prompt=none: login_required, then consent_required, then a code, and never a page', async () => {
    const [client, other] = [await OAuthClient.register(baseUrl), await OAuthClient.register(baseUrl)];
    const person = new Person();
    const silently = async (asking: OAuthClient) =>
      (await person.authorize(asking.start({ scope, prompt: 'none' }).url)).searchParams;
    expect((await silently(client)).get('error')).toBe('login_required');
    await person.authorize(client.start({ scope }).url);
    const pages = person.pages.length;
    expect((await silently(other)).get('error')).toBe('consent_required');
    expect((await silently(client)).get('code')).toMatch(/^gc_/);
    expect(person.pages).toHaveLength(pages);
  });

  test.each([
    ['prompt=login', { prompt: 'login' }],
    ['prompt=select_account', { prompt: 'select_account' }],
    ['max_age=0', { max_age: '0' }],
  ])('%s asks a signed-in person to sign in again, once, and the sign-in is fresh', async (_name, more) => {
    const client = await openIdClient(baseUrl);
    const person = new Person();
    const before = (await openIdSignIn(client, {}, { person })).claims()?.auth_time ?? 0;
    await new Promise((resolve) => setTimeout(resolve, 1100));
    const pages = person.pages.length;
    const tokens = await openIdSignIn(client, more, { person });
    expect(person.pages.slice(pages).filter(isSignIn)).toHaveLength(1);
    expect(tokens.claims()?.auth_time).toBeGreaterThan(before);
  });

  test('max_age that has not passed asks nothing', async () => {
    const client = await openIdClient(baseUrl);
    const person = new Person();
    await openIdSignIn(client, {}, { person });
    const pages = person.pages.length;
    await openIdSignIn(client, { max_age: '3600' }, { person });
    expect(person.pages).toHaveLength(pages);
  });

  test('prompt=consent shows the page to a client of OpenID Connect, and not to one of plain OAuth', async () => {
    const client = await OAuthClient.register(baseUrl);
    const person = new Person();
    await person.authorize(client.start({ scope }).url);
    await person.authorize(client.start({ resource }).url);
    expect((await person.arrive(client.start({ scope, prompt: 'consent' }).url)).left).toBe(false);
    const plain = client.start({ resource, scope: 'todo:read offline_access', prompt: 'consent' });
    expect((await person.arrive(plain.url)).left).toBe(true);
  });

  test('prompt=none with another value is invalid_request', async () => {
    const client = await OAuthClient.register(baseUrl);
    const landing = await new Person().authorize(client.start({ scope, prompt: 'none login' }).url);
    expect(landing.searchParams.get('error')).toBe('invalid_request');
  });

  test.each([
    ['of an OpenID request goes on, and nothing else of it', 'openid', 'ada@x.example'],
    ['of a plain request does not', 'todo:read', null],
  ])('D8 login_hint %s', async (_name, asked, hint) => {
    const client = await OAuthClient.register(baseUrl);
    const attempt = client.start({ scope: asked, login_hint: 'ada@x.example', nonce: 'mine', display: 'popup' });
    const person = new Person();
    const { url } = await person.stopBefore('/auth', () => person.open(attempt.url));
    expect(url.searchParams.get('login_hint')).toBe(hint);
    expect(url.searchParams.get('nonce')).not.toBe('mine');
    expect(url.searchParams.has('display')).toBe(false);
  });
});

test('another account on the consent page: whoever signs in next is asked, and gets the tokens', async () => {
  const client = await OAuthClient.register(baseUrl);
  const attempt = client.start({ scope: 'openid' });
  const browser = new Person();
  const consent = await browser.arrive(attempt.url);
  const signInPage = await browser.answer(consent, 'switch');
  expect(isSignIn(signInPage)).toBe(true);
  const consentOfOther = await browser.signIn(signInPage, `${browser.name}-other`);
  expect(shown(consentOfOther)).toContain(`${browser.name}-other`);
  const landing = await browser.answer(consentOfOther, 'allow');
  const { body } = await client.redeem(attempt, landing.url);
  expect(decodeJwt(String(body['id_token'])).sub).toBe(`${browser.name}-other`);
});
