import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { goodRequest, issuer, publicClient } from '../core/fixtures.ts';
import type { Desk } from './desk.ts';
import { startDesk } from './desk.ts';
import { InProcessBrowser, locationOf } from './in-process-browser.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await startDesk();
});
afterAll(() => desk.stop());

const open = () => new InProcessBrowser(desk.interaction);
const authorize = (changes: Record<string, string | undefined> = {}) =>
  open().get(`/authorize?${goodRequest(changes).toString()}`);

const marker = '<script>alert(1)</script>';

describe('AS-41 what cannot be trusted is shown, never redirected', () => {
  test.each([
    ['unknown client', { client_id: 'nobody' }],
    ['missing client', { client_id: undefined }],
    ['missing redirect URI', { redirect_uri: undefined }],
    ['another host', { redirect_uri: 'https://evil.example/cb' }],
    ['user information in front of another host', { redirect_uri: 'https://client.example@evil.example/cb' }],
    ['a backslash', { redirect_uri: 'https://client.example\\@evil.example/cb' }],
    ['no scheme', { redirect_uri: '//evil.example/cb' }],
    ['an encoded slash', { redirect_uri: 'https://client.example%2f@evil.example/cb' }],
    ['a path beyond the registered one', { redirect_uri: 'https://client.example/cb/../evil' }],
    ['a script', { redirect_uri: 'javascript:alert(1)' }],
    ['a loopback that is none', { redirect_uri: 'http://localhost:3000@evil.example/callback' }],
    ['a new line', { redirect_uri: 'https://client.example/cb\r\nLocation: https://evil.example' }],
  ])('%s', async (_name, changes) => {
    const answer = await authorize(changes);
    expect(answer.status).toBe(400);
    expect(answer.headers.get('location')).toBeNull();
    expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(await answer.text()).toContain('trace-1');
  });

  test('an unknown client learns which cache to clear in each client (pain 2)', async () => {
    const page = await (await authorize({ client_id: 'nobody' })).text();
    for (const words of ['Claude Code', '/mcp', 'Cursor', 'VS Code', 'rm -rf ~/.mcp-auth', 'ChatGPT', 'Inspector']) {
      expect(page).toContain(words);
    }
    expect(page).toContain(`${issuer}/errors/invalid_client`);
    expect(page).toContain('nobody');
  });

  test.each(['client_id', 'redirect_uri', 'state', 'scope', 'resource'])('%s is escaped', async (name) => {
    const attack = `"'>${marker}`;
    const page = await (await authorize({ client_id: 'nobody', [name]: attack })).text();
    expect(page).not.toContain(marker);
    expect(page).not.toContain(`"'>`);
  });
});

describe('AS-42 … AS-48 other errors go to the client', () => {
  test.each([
    ['AS-42 response_type=token', { response_type: 'token' }, 'unsupported_response_type'],
    ['AS-43 no code_challenge', { code_challenge: undefined }, 'invalid_request'],
    ['AS-43 plain', { code_challenge_method: 'plain' }, 'invalid_request'],
    ['AS-47 unknown resource', { resource: 'https://other.example/mcp' }, 'invalid_target'],
    ['AS-48 no known scope', { scope: 'nothing' }, 'invalid_scope'],
  ])('%s', async (_name, changes, error) => {
    const answer = await authorize(changes);
    const { searchParams, origin } = locationOf(answer);
    expect(answer.status).toBe(303);
    expect(origin).toBe('https://client.example');
    expect(searchParams.getAll('error')).toEqual([error]);
    // AS-45, AS-46
    expect(searchParams.getAll('state')).toEqual(['state-1']);
    expect(searchParams.getAll('iss')).toEqual([issuer]);
    expect(searchParams.has('code')).toBe(false);
  });

  test('AS-45 a state full of markup comes back verbatim', async () => {
    const answer = await authorize({ state: marker, response_type: 'token' });
    expect(locationOf(answer).searchParams.get('state')).toBe(marker);
    expect(answer.headers.get('location')).not.toContain('<');
  });

  test('AS-44 a repeated parameter is refused by name', async () => {
    const answer = await open().get(`/authorize?${goodRequest().toString()}&scope=again`);
    expect(locationOf(answer).searchParams.get('error_description')).toContain('scope');
  });
});

describe('the query itself', () => {
  test.each(['state=%zz', 'state=%', 'state=%ff', 'scope=%c3%28'])('%s is refused by name', async (pair) => {
    const answer = await open().get(`/authorize?client_id=${publicClient.clientId}&${pair}`);
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain(`${pair.split('=')[0]} is not valid percent-encoded UTF-8`);
  });

  test('a name that is no name is not repeated', async () => {
    const answer = await open().get(`/authorize?%3Cscript%3E=%zz`);
    expect(await answer.text()).toContain('a parameter is not valid');
  });
});

describe('a good request', () => {
  test('leads to sign-in with 303, bound to this browser', async () => {
    const answer = await authorize();
    expect(answer.status).toBe(303);
    expect(locationOf(answer).host).toBe('idp.example');
    const [cookie = ''] = answer.headers.getSetCookie();
    expect(cookie).toMatch(/^__Host-gatehouse-browser=[\w-]{43}; /);
    for (const attribute of ['Path=/', 'HttpOnly', 'SameSite=Lax', 'Secure']) expect(cookie).toContain(attribute);
    expect(Number(/Max-Age=(\d+)/.exec(cookie)?.[1])).toBeGreaterThanOrEqual(600);
    expect(cookie).not.toContain('Domain');
  });

  test('AS-52 is neither stored nor told to anybody', async () => {
    const { headers } = await authorize();
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
  });

  test('AS-10 has no CORS header, in success and in error', async () => {
    for (const answer of [await authorize(), await authorize({ client_id: 'nobody' })]) {
      expect([...answer.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
    }
  });

  test('D8 sends nothing of the client upstream', async () => {
    const { searchParams } = locationOf(await authorize());
    expect(searchParams.get('state')).not.toBe('state-1');
    expect([...searchParams.keys()]).toEqual(['state']);
  });

  test('works by POST as well', async () => {
    const answer = await open().post('/authorize', goodRequest());
    expect(answer.status).toBe(303);
    expect(locationOf(answer).host).toBe('idp.example');
  });

  test('keeps the binding cookie of a browser that has one, so that two tabs can wait', async () => {
    const browser = open();
    const first = await browser.get(`/authorize?${goodRequest().toString()}`);
    const second = await browser.get(`/authorize?${goodRequest().toString()}`);
    const value = (answer: Response) => answer.headers.getSetCookie()[0]?.split(';')[0];
    expect(value(second)).toBe(value(first));
    expect(locationOf(await browser.callback(locationOf(first))).pathname).toBe('/consent');
    expect(locationOf(await browser.callback(locationOf(second))).pathname).toBe('/consent');
  });

  test('replaces a cookie that is not ours', async () => {
    const cookie = '__Host-gatehouse-browser=short';
    const answer = await desk.interaction.request(`${issuer}/authorize?${goodRequest().toString()}`, {
      headers: { cookie },
    });
    expect(answer.headers.getSetCookie()[0]).toMatch(/^__Host-gatehouse-browser=[\w-]{43}; /);
  });

  test('an identity provider that is down is a page with 503 and Retry-After', async () => {
    desk.provider.down = true;
    const answer = await authorize();
    desk.provider.down = false;
    expect(answer.status).toBe(503);
    expect(answer.headers.get('retry-after')).toMatch(/^\d+$/);
    expect(await answer.text()).toContain('Sign-in cannot be reached');
  });
});
