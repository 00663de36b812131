import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { networkOf } from '../../lambdas/http/network-of.ts';
import { form, issuer, publicClient } from '../core/fixtures.ts';
import { readForms } from '../rig/html-forms.ts';
import type { Desk } from './desk.ts';
import { startDesk } from './desk.ts';
import { InProcessBrowser, locationOf } from './in-process-browser.ts';

const deviceCode = 'urn:ietf:params:oauth:grant-type:device_code';
const client = { ...publicClient, clientId: 'terminal', clientName: 'Terminal <b>', grantTypes: [deviceCode] };

let desk: Desk;
beforeAll(async () => {
  desk = await startDesk();
  await desk.clients.register(client);
});
afterAll(() => desk.stop());

const api = (path: string, values: Record<string, string>) =>
  desk.token.request(`${issuer}${path}`, { method: 'POST', body: form(values) });

async function begin(): Promise<{ device_code: string; user_code: string; verification_uri_complete: string }> {
  const answer = await api('/device_authorization', { client_id: client.clientId });
  expect(answer.status).toBe(200);
  return (await answer.json()) as Awaited<ReturnType<typeof begin>>;
}

const poll = (code: string) => api('/token', { grant_type: deviceCode, client_id: client.clientId, device_code: code });

/** Opens the page, and sends what is in its form with a code. */
async function enter(browser: InProcessBrowser, code: string, changes: Record<string, string> = {}, headers = {}) {
  const page = await browser.get('/device');
  const fields = readForms(await page.text())[0]?.fields ?? [];
  const values = Object.fromEntries(fields.map(({ name, value }) => [name, value]));
  return browser.post('/device', form({ ...values, user_code: code, ...changes }), headers);
}

/** Enters a code and signs in; the page that asks. */
async function arrive(browser: InProcessBrowser, code: string): Promise<Response> {
  const entered = locationOf(await enter(browser, code));
  expect(entered.pathname).toBe('/device');
  const between = await browser.get(`${entered.pathname}${entered.search}`);
  if (!between.headers.has('refresh')) return between;
  const signIn = new URL(/url=(.+)$/.exec(between.headers.get('refresh') ?? '')?.[1] ?? '');
  expect(signIn.host).toBe('idp.example');
  const back = locationOf(await browser.callback(signIn));
  return browser.get(`${back.pathname}${back.search}`);
}

test('RFC 8628 the whole way: code, sign-in, question, Allow, tokens', async () => {
  const browser = new InProcessBrowser(desk.interaction);
  const { device_code, user_code } = await begin();
  expect(await (await poll(device_code)).json()).toMatchObject({ error: 'authorization_pending' });
  const page = await arrive(browser, user_code);
  const text = await page.clone().text();
  expect(text).toContain('Is it your own device?');
  expect(text).toContain('Self-asserted');
  expect(text).not.toContain('Terminal <b>');
  const done = await browser.post('/device', await InProcessBrowser.answer(page, 'allow'));
  expect(done.status).toBe(200);
  expect(await done.text()).toContain('Your device is connected');
  const tokens = await poll(device_code);
  expect(tokens.status).toBe(200);
  expect(tokens.headers.get('cache-control')).toBe('no-store');
  expect(await tokens.json()).toMatchObject({ token_type: 'Bearer' });
});

test('RFC 8628 §3.2 the answer is JSON that is not stored, and browsers may read it', async () => {
  const answer = await api('/device_authorization', { client_id: client.clientId });
  expect(answer.headers.get('content-type')).toMatch(/^application\/json/);
  expect(answer.headers.get('cache-control')).toBe('no-store');
  expect(answer.headers.get('access-control-allow-origin')).toBe('*');
});

test('a second form finds the person signed in and asks at once', async () => {
  const browser = new InProcessBrowser(desk.interaction);
  await arrive(browser, (await begin()).user_code);
  const entered = locationOf(await enter(browser, (await begin()).user_code));
  const page = await browser.get(`${entered.pathname}${entered.search}`);
  expect(page.headers.has('refresh')).toBe(false);
  expect(await page.text()).toContain('Allow');
});

describe('RFC 8628 §3.3.1 the complete address', () => {
  test('fills the code in, and nothing else happens', async () => {
    const { verification_uri_complete, user_code } = await begin();
    const { pathname, search } = new URL(verification_uri_complete);
    const page = await new InProcessBrowser(desk.interaction).get(`${pathname}${search}`);
    expect(page.status).toBe(200);
    const text = await page.text();
    expect(readForms(text)[0]?.fields.find(({ name }) => name === 'user_code')?.value).toBe(user_code);
    expect(text).toContain('your device must show exactly this code');
  });

  test.each(['"><script>alert(1)</script>', '‮BCDF', 'x'.repeat(500)])(
    'does not run what it holds: %j',
    async (code) => {
      const page = await new InProcessBrowser(desk.interaction).get(`/device?${form({ user_code: code }).toString()}`);
      const text = await page.text();
      expect(text).not.toContain('<script');
      expect(text).not.toContain(code);
    },
  );

  test('two codes are refused (AS-44)', async () => {
    const page = await new InProcessBrowser(desk.interaction).get('/device?user_code=A&user_code=B');
    expect(page.status).toBe(400);
  });
});

describe('AS-49 AS-52 the pages', () => {
  test('cannot be framed, scripted, cached or leaked; their form leads nowhere else', async () => {
    const page = await new InProcessBrowser(desk.interaction).get('/device');
    expect(page.headers.get('content-security-policy')).toContain("form-action 'self';");
    expect(page.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(page.headers.get('cache-control')).toBe('no-store');
    expect(page.headers.get('referrer-policy')).toBe('no-referrer');
    expect(page.headers.get('access-control-allow-origin')).toBeNull();
    expect(page.headers.get('set-cookie')).toMatch(/^__Host-gatehouse-browser=\S+; .*HttpOnly; SameSite=Lax; Secure$/);
  });

  test('a form of another site is refused', async () => {
    const browser = new InProcessBrowser(desk.interaction);
    const { user_code } = await begin();
    expect((await enter(browser, user_code, {}, { 'sec-fetch-site': 'cross-site' })).status).toBe(400);
    expect((await enter(browser, user_code, {}, { origin: 'https://evil.example' })).status).toBe(400);
  });

  test.each([
    ['a forged one', { csrf: 'forged' }],
    ['none', { csrf: '' }],
  ])('a form with %s in place of its token is refused', async (_, changes) => {
    const browser = new InProcessBrowser(desk.interaction);
    expect((await enter(browser, (await begin()).user_code, changes)).status).toBe(400);
  });

  test('a form without the cookie of its page is refused', async () => {
    const browser = new InProcessBrowser(desk.interaction);
    const page = await browser.get('/device');
    const csrf = readForms(await page.text())[0]?.fields.find(({ name }) => name === 'csrf')?.value ?? '';
    const other = new InProcessBrowser(desk.interaction);
    const answer = await other.post('/device', form({ csrf, user_code: (await begin()).user_code }));
    expect(answer.status).toBe(400);
  });

  test('anything but the two buttons is no answer', async () => {
    const browser = new InProcessBrowser(desk.interaction);
    const { device_code, user_code } = await begin();
    const values = await InProcessBrowser.answer(await arrive(browser, user_code), 'allow');
    values.set('decision', 'yes');
    expect((await browser.post('/device', values)).status).toBe(400);
    expect(await (await poll(device_code)).json()).toMatchObject({ error: 'authorization_pending' });
  });

  test('Cancel is told to the device', async () => {
    const browser = new InProcessBrowser(desk.interaction);
    const { device_code, user_code } = await begin();
    const page = await arrive(browser, user_code);
    const done = await browser.post('/device', await InProcessBrowser.answer(page, 'deny'));
    expect(await done.text()).toContain('Nothing was allowed');
    expect(await (await poll(device_code)).json()).toMatchObject({ error: 'access_denied' });
    const again = await browser.post('/device', await InProcessBrowser.answer(page, 'allow'));
    expect(again.status).toBe(400);
  });
});

describe('RFC 8628 §5.1 guesses', () => {
  test('a wrong code is 400 with the form and a word; the sixth of a browser is 429 with Retry-After', async () => {
    const browser = new InProcessBrowser(desk.interaction);
    for (let tries = 0; tries < 5; tries += 1) {
      const answer = await enter(browser, 'BBBB-BBBB');
      expect(answer.status).toBe(400);
      const text = await answer.text();
      expect(text).toContain('role="alert"');
      expect(text).toContain('No device waits with this code');
    }
    const answer = await enter(browser, (await begin()).user_code);
    expect(answer.status).toBe(429);
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await answer.text()).toContain('Too many wrong codes');
  });

  test('no log line holds a user code', async () => {
    const { user_code } = await begin();
    const browser = new InProcessBrowser(desk.interaction);
    await enter(browser, 'CCCC-CCCC');
    await arrive(browser, user_code);
    const log = JSON.stringify(desk.lines);
    for (const code of [user_code, user_code.replace('-', ''), 'CCCC-CCCC']) expect(log).not.toContain(code);
  });
});

test.each([
  ['192.0.2.7', '192.0.2.7'],
  ['::ffff:192.0.2.7', '192.0.2.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
  ['2001:0db8:0001:0002::6', '2001:db8:1:2'],
  ['2001:DB8::1', '2001:db8:0:0'],
  ['::1', '0:0:0:0'],
  ['unknown', 'unknown'],
  ['', ''],
  ['x'.repeat(500), 'x'.repeat(64)],
])('attempts count for a network, not for each of its addresses: %s', (address, network) => {
  expect(networkOf(address)).toBe(network);
});
