import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as client from 'openid-client';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { Browser } from './browser.ts';
import type { RunningProvider } from './provider.ts';
import { begin, callback, runProvider } from './provider.ts';

let stateDir: string;
let idp: RunningProvider;
const printed: unknown[] = [];

beforeAll(async () => {
  for (const level of ['warn', 'info', 'error'] as const)
    vi.spyOn(console, level).mockImplementation((...line: unknown[]) => void printed.push(...line));
  stateDir = await mkdtemp(join(tmpdir(), 'idp-'));
  idp = await runProvider(stateDir);
});

afterAll(async () => {
  await idp.stop();
  await rm(stateDir, { recursive: true });
  vi.restoreAllMocks();
  expect(printed, 'nothing is printed').toEqual([]);
});

async function signIn(browser: Browser, name: string, extra: Record<string, string> = {}) {
  const { url, checks } = await begin(idp.configuration, extra);
  const form = await browser.follow(await browser.get(url), url, callback);
  const answer = form.page ? await browser.post(form.url, { name, password: 'any' }) : undefined;
  const end = answer ? await browser.follow(answer, form.url, callback) : form;
  return { form, answer, end, checks };
}

async function tokens(
  end: { url: string },
  checks: client.AuthorizationCodeGrantChecks,
  configuration = idp.configuration,
) {
  return client.authorizationCodeGrant(configuration, new URL(end.url), checks);
}

describe('signing in', () => {
  test('completes the code flow with PKCE and says who signed in', async () => {
    const { end, checks } = await signIn(new Browser(), '  Ada Lovelace ');
    const claims = (await tokens(end, { ...checks, idTokenExpected: true })).claims();
    expect(claims).toMatchObject({ iss: idp.issuer, sub: 'ada lovelace', name: 'Ada Lovelace', email_verified: true });
    expect(claims?.['email']).toMatch(/^ada\.lovelace\.[0-9a-f]{6}@example\.test$/);
    expect(claims?.auth_time).toBeGreaterThan(Date.now() / 1000 - 60);
  });

  test('gives a plain name a plain address', async () => {
    const { end, checks } = await signIn(new Browser(), 'Grace');
    expect((await tokens(end, checks)).claims()).toMatchObject({ sub: 'grace', email: 'grace@example.test' });
  });

  test('F-D5 the names admin and auditor have the groups of a user pool, under both names of the claim; no other has', async () => {
    const groupsOf = async (name: string) => {
      const { end, checks } = await signIn(new Browser(), name);
      const claims = (await tokens(end, checks)).claims();
      return [claims?.['groups'], claims?.['cognito:groups']];
    };
    expect(await groupsOf('Admin')).toEqual([['gatehouse-admins'], ['gatehouse-admins']]);
    expect(await groupsOf('auditor')).toEqual([['gatehouse-readers'], ['gatehouse-readers']]);
    for (const other of ['ada', 'admin2', 'constructor', '__proto__']) {
      expect(await groupsOf(other), other).toEqual([undefined, undefined]);
    }
  });

  test('takes the client secret in the Authorization header as well', async () => {
    const { end, checks } = await signIn(new Browser(), 'ada');
    const metadata = idp.configuration.serverMetadata();
    const basic = new client.Configuration(metadata, 'gatehouse', {}, client.ClientSecretBasic('a secret/with+signs'));
    client.allowInsecureRequests(basic);
    expect((await tokens(end, checks, basic)).claims()?.sub).toBe('ada');
  });

  test('refuses a wrong client secret, and a wrong verifier', async () => {
    const first = await signIn(new Browser(), 'ada');
    const metadata = idp.configuration.serverMetadata();
    const wrong = new client.Configuration(metadata, 'gatehouse', {}, client.ClientSecretPost('wrong'));
    client.allowInsecureRequests(wrong);
    await expect(tokens(first.end, first.checks, wrong)).rejects.toThrow();
    const checks = { ...first.checks, pkceCodeVerifier: client.randomPKCECodeVerifier() };
    await expect(tokens(first.end, checks)).rejects.toThrow();
  });

  test('remembers a browser, until prompt=login asks again', async () => {
    const browser = new Browser();
    await signIn(browser, 'ada');
    expect((await signIn(browser, 'nobody')).answer).toBeUndefined();
    const again = await signIn(browser, 'grace', { prompt: 'login' });
    expect((await tokens(again.end, again.checks)).claims()?.sub).toBe('grace');
  });

  test('ends at <issuer>/sign-out', async () => {
    const browser = new Browser();
    await signIn(browser, 'ada');
    const page = await (await browser.get(`${idp.issuer}/sign-out`)).text();
    const xsrf = /name="xsrf" value="([^"]+)"/.exec(page)?.[1] ?? '';
    const action = /action="([^"]+)"/.exec(page)?.[1] ?? '';
    const out = await browser.follow(await browser.post(action, { xsrf, logout: 'yes' }), action, callback);
    expect(await out.page?.text()).toContain('You are signed out');
    expect((await signIn(browser, 'grace')).answer).toBeDefined();
  });
});

describe('the sign-in page', () => {
  test('has one text field, one password field, one button, labels, a language and no script', async () => {
    const { url } = await begin(idp.configuration);
    const browser = new Browser();
    const { page } = await browser.follow(await browser.get(url), url, callback);
    const html = (await page?.text()) ?? '';
    expect(html.match(/<input/g)).toHaveLength(2);
    expect(html.match(/type="text"/g)).toHaveLength(1);
    expect(html.match(/type="password"/g)).toHaveLength(1);
    expect(html.match(/<button/g)).toHaveLength(1);
    expect(html).toContain('<html lang="en">');
    expect(html).toContain('<title>Sign in</title>');
    expect(html).toContain('<label for="name">');
    expect(html).toContain('<label for="password">');
    expect(html).toContain('local development');
    expect(html).not.toContain('<script');
    const policy = page?.headers.get('content-security-policy');
    expect(policy).toContain("default-src 'none'");
    // Chrome would apply it to the redirect to the client, which may be anywhere.
    expect(policy).not.toContain('form-action');
    expect(page?.headers.get('cache-control')).toBe('no-store');
  });

  test.each([
    ['no name', { name: '  ', password: 'x' }, 'Type a name'],
    ['no password', { name: 'ada', password: '' }, 'Type a password'],
    ['a name that is too long', { name: 'a'.repeat(65), password: 'x' }, 'at most 64'],
    ['a control character', { name: 'a\u0007b', password: 'x' }, 'control characters'],
  ])('refuses %s and says what to do', async (_what, fields, problem) => {
    const { url } = await begin(idp.configuration);
    const browser = new Browser();
    const form = await browser.follow(await browser.get(url), url, callback);
    const answer = await browser.post(form.url, fields);
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain(problem);
  });

  test('reflects nothing unescaped', async () => {
    const { url } = await begin(idp.configuration);
    const browser = new Browser();
    const form = await browser.follow(await browser.get(url), url, callback);
    const html = await (await browser.post(form.url, { name: '"><script>alert(1)</script>', password: '' })).text();
    expect(html).toContain('&#34;&#62;&#60;script&#62;');
    expect(html).not.toContain('<script');
  });

  test('lets a person be called <script>', async () => {
    const { end, checks } = await signIn(new Browser(), '<script>');
    const claims = (await tokens(end, checks)).claims();
    expect(claims?.sub).toBe('<script>');
    expect(claims?.['email']).toMatch(/^script\.[0-9a-f]{6}@example\.test$/);
  });

  test('belongs to the browser that began', async () => {
    const { url } = await begin(idp.configuration);
    const browser = new Browser();
    const form = await browser.follow(await browser.get(url), url, callback);
    browser.forget();
    expect((await browser.post(form.url, { name: 'eve', password: 'x' })).status).toBe(400);
  });
});

describe('the authorization endpoint', () => {
  test('refuses a wrong redirect_uri without going there', async () => {
    const { url } = await begin(idp.configuration, { redirect_uri: 'https://evil.example/callback' });
    const response = await new Browser().get(url);
    expect(response.status).toBe(400);
    expect(response.headers.has('location')).toBe(false);
  });

  test('refuses a request without PKCE, and shows nothing unescaped', async () => {
    const query = new URLSearchParams({
      client_id: 'gatehouse',
      response_type: 'code',
      scope: 'openid',
      redirect_uri: callback,
    });
    const response = await new Browser().get(`${idp.issuer}/auth?${query}`);
    expect(response.headers.get('location')).toContain('error=invalid_request');
    const unknown = await new Browser().get(`${idp.issuer}/auth?client_id=${encodeURIComponent('<script>x</script>')}`);
    expect(await unknown.text()).not.toContain('<script');
  });

  test('publishes URLs under its issuer, whatever Host says', async () => {
    const direct = `${idp.issuer.replace('localhost', '127.0.0.1')}/.well-known/openid-configuration`;
    const metadata = (await (await fetch(direct)).json()) as Record<string, unknown>;
    expect(metadata['issuer']).toBe(idp.issuer);
    for (const [name, value] of Object.entries(metadata)) {
      if (name.endsWith('_endpoint') || name === 'jwks_uri') expect(value).toContain(`${idp.issuer}/`);
    }
    expect(metadata['end_session_endpoint']).toBe(`${idp.issuer}/sign-out`);
  });
});

test('keys outlive a restart, readable by their owner only', async () => {
  const jwks = async () => (await fetch(`${idp.issuer}/jwks`)).json() as Promise<unknown>;
  const before = await jwks();
  await idp.stop();
  idp = await runProvider(stateDir, { port: Number(new URL(idp.issuer).port) });
  expect(await jwks()).toEqual(before);
  for (const name of await readdir(stateDir)) expect((await stat(join(stateDir, name))).mode & 0o777).toBe(0o600);
  expect((await stat(stateDir)).mode & 0o777).toBe(0o700);
});
