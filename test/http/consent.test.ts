import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { goodRequest, issuer, lifetimes, publicClient } from '../core/fixtures.ts';
import type { Desk } from './desk.ts';
import { startDesk } from './desk.ts';
import { InProcessBrowser, locationOf } from './in-process-browser.ts';
import { alice } from './scripted-provider.ts';

let desk: Desk;
let browser: InProcessBrowser;
beforeAll(async () => {
  desk = await startDesk();
});
afterAll(() => desk.stop());
let people = 0;
beforeEach(() => {
  browser = new InProcessBrowser(desk.interaction);
  // Nobody has been asked before.
  desk.provider.person = { ...alice, sub: `alice-${(people += 1)}` };
});

const arrive = (changes: Record<string, string | undefined> = {}) => browser.arrive(goodRequest(changes));
const press = (page: Response, decision: 'allow' | 'deny') => InProcessBrowser.answer(page, decision);

describe('AS-28, AS-49 the consent page', () => {
  test('names who asks, who vouches, where the answer goes, what it opens and who is signed in', async () => {
    const { page } = await arrive();
    const text = await page.text();
    for (const words of [
      'Test Client',
      'client-1',
      'Self-asserted',
      'client.example',
      'Todos',
      `${issuer}/mcp`,
      'May todos:read',
      'May todos:write',
      'tool todos:write',
      'alice@example.com',
    ]) {
      expect(text).toContain(words);
    }
    expect(text).not.toContain('Did you just start this yourself?');
  });

  test('warns where the answer goes to a program on this computer', async () => {
    const { page } = await arrive({ redirect_uri: 'http://localhost:49152/callback' });
    const text = await page.text();
    expect(text).toContain('Did you just start this yourself?');
    expect(text).toContain('localhost:49152');
  });

  test('cannot be framed, scripted, cached, sniffed or leaked', async () => {
    const { headers } = (await arrive()).page;
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).toContain("base-uri 'none'");
    expect(policy).not.toMatch(/script-src|unsafe|\*|img-src/);
    expect(policy).toMatch(/style-src 'sha256-[\w+/=]+'/);
    expect(headers.get('x-frame-options')).toBe('DENY');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('strict-transport-security')).toMatch(/max-age=\d+/);
    expect([...headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
    // A client that opened this as a popup waits for its window; that tie must hold until the redirect.
    expect(headers.get('cross-origin-opener-policy')).toBeNull();
  });

  test.each([
    ['https://client.example/cb', "form-action 'self' https://client.example;"],
    ['http://localhost:49152/callback', "form-action 'self' http://localhost:49152;"],
    ['cursor://anysphere.cursor-mcp/oauth/callback', "form-action 'self' cursor:;"],
  ])('lets its form lead to %s and nowhere else', async (redirect_uri, directive) => {
    const { page } = await arrive({ redirect_uri });
    expect(page.headers.get('content-security-policy')).toContain(directive);
  });

  test('has no script, and escapes what the client calls itself', async () => {
    const clientName = `\u202Eevil "'><script>alert(1)</script><img src=x onerror=alert(2)>${'W'.repeat(500)}`;
    await desk.clients.register({ ...publicClient, clientId: 'evil', clientName });
    const { page } = await arrive({ client_id: 'evil' });
    const text = await page.text();
    expect(text).not.toMatch(/<script|<img|onerror="|javascript:/);
    expect(text).not.toContain('\u202E');
    expect(text).not.toContain('W'.repeat(100));
    expect(text).toContain('&lt;script&gt;');
  });

  test('is for the browser that asked only', async () => {
    const { path } = await arrive();
    const other = new InProcessBrowser(desk.interaction);
    const stranger = await other.get(path);
    expect(stranger.status).toBe(400);
    expect(await stranger.text()).not.toContain('csrf');
    await other.get(`/authorize?${goodRequest().toString()}`);
    expect((await other.get(path)).status).toBe(400);
  });

  test.each(['', '?transaction=', '?transaction=unknown', '?transaction=a&transaction=b'])(
    'GET /consent%s is a page that helps',
    async (query) => {
      const page = await browser.get(`/consent${query}`);
      expect(page.status).toBe(400);
      expect(await page.text()).toContain('What to do');
    },
  );

  test('expires with its transaction', async () => {
    const { path } = await arrive();
    desk.clock.forward(lifetimes.signInTransaction + 1);
    const late = await browser.get(path);
    expect(late.status).toBe(400);
    expect(await late.text()).toContain('This sign-in is over');
  });
});

describe('the answer', () => {
  test('AS-45, AS-46, AS-50 Allow leads to the client by 303 with code, state and iss, each once', async () => {
    const { page } = await arrive();
    const answer = await browser.post('/consent', await press(page, 'allow'), { origin: issuer });
    expect(answer.status).toBe(303);
    const { origin, searchParams } = locationOf(answer);
    expect(origin).toBe('https://client.example');
    expect(searchParams.getAll('code')).toHaveLength(1);
    expect(searchParams.getAll('state')).toEqual(['state-1']);
    expect(searchParams.getAll('iss')).toEqual([issuer]);
    expect(searchParams.has('error')).toBe(false);
    expect(answer.headers.get('referrer-policy')).toBe('no-referrer');
  });

  test('Cancel leads to the client with access_denied, state and iss', async () => {
    const { page } = await arrive();
    const answer = await browser.post('/consent', await press(page, 'deny'));
    const { searchParams } = locationOf(answer);
    expect(answer.status).toBe(303);
    expect(searchParams.get('error')).toBe('access_denied');
    expect(searchParams.get('state')).toBe('state-1');
    expect(searchParams.get('iss')).toBe(issuer);
    expect(searchParams.has('code')).toBe(false);
  });

  test('given twice gives the same code', async () => {
    const { page } = await arrive();
    const fields = await press(page, 'allow');
    const [one, other] = await Promise.all([browser.post('/consent', fields), browser.post('/consent', fields)]);
    expect(locationOf(other).href).toBe(locationOf(one).href);
  });

  test('given after Cancel is a page that helps', async () => {
    const { page } = await arrive();
    await browser.post('/consent', await press(page, 'deny'));
    const again = await browser.post('/consent', await press(page, 'allow'));
    expect(again.status).toBe(400);
    expect(again.headers.get('location')).toBeNull();
    expect(await again.text()).toContain('connect again');
  });

  test('is remembered: the next time no page is shown', async () => {
    const { page } = await arrive();
    await browser.post('/consent', await press(page, 'allow'));
    const next = await browser.get(`/authorize?${goodRequest().toString()}`);
    expect(locationOf(next).searchParams.has('code')).toBe(true);
  });
});

describe('CSRF', () => {
  const cases: [string, (fields: URLSearchParams) => void][] = [
    ['without the token', (fields) => fields.delete('csrf')],
    ['with a wrong token', (fields) => fields.set('csrf', 'A'.repeat(43))],
    ['with two tokens', (fields) => fields.append('csrf', 'A'.repeat(43))],
    ['for another transaction', (fields) => fields.set('transaction', 'B'.repeat(43))],
    ['without a decision', (fields) => fields.delete('decision')],
    ['with a third decision', (fields) => fields.set('decision', 'ALLOW')],
    ['with two decisions', (fields) => fields.append('decision', 'deny')],
  ];
  test.each(cases)('an answer %s counts for nothing', async (_name, change) => {
    const { page } = await arrive();
    const fields = await press(page, 'allow');
    change(fields);
    const answer = await browser.post('/consent', fields);
    expect(answer.status).toBe(400);
    expect(answer.headers.get('location')).toBeNull();
  });

  test("an answer with another browser's cookie counts for nothing", async () => {
    const { page } = await arrive();
    const other = new InProcessBrowser(desk.interaction);
    await other.get(`/authorize?${goodRequest().toString()}`);
    const answer = await other.post('/consent', await press(page, 'allow'));
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain('another browser');
  });

  test.each([
    ['another origin', { origin: 'https://evil.example' }],
    ['the same host by http', { origin: 'http://gate.example' }],
    ['another site', { origin: issuer, 'sec-fetch-site': 'cross-site' }],
    ['a sibling host', { origin: 'null', 'sec-fetch-site': 'same-site' }],
  ])('an answer from %s counts for nothing', async (_name, headers) => {
    const { page } = await arrive();
    const answer = await browser.post('/consent', await press(page, 'allow'), headers);
    expect(answer.status).toBe(400);
    expect(answer.headers.get('location')).toBeNull();
  });

  test('our own form counts, although no-referrer makes its Origin null', async () => {
    const { page } = await arrive();
    const headers = { origin: 'null', 'sec-fetch-site': 'same-origin' };
    expect((await browser.post('/consent', await press(page, 'allow'), headers)).status).toBe(303);
  });

  test('a GET answers nothing', async () => {
    const { page } = await arrive();
    const fields = await press(page, 'allow');
    const answer = await browser.get(`/consent?${fields.toString()}`);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('location')).toBeNull();
  });
});
