import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { returnPath } from '../../lambdas/core/own-pages/return-path.ts';
import { issuer, lifetimes } from '../core/fixtures.ts';
import type { Desk } from './desk.ts';
import { startDesk } from './desk.ts';
import { InProcessBrowser, locationOf } from './in-process-browser.ts';
import { sendForm, signedInBrowser, signInFor, wholeHouse } from './own-pages.ts';
import { alice } from './scripted-provider.ts';

let desk: Desk;
let browser: InProcessBrowser;
beforeAll(async () => {
  desk = await startDesk();
});
afterAll(() => desk.stop());
let people = 0;
beforeEach(() => {
  browser = new InProcessBrowser(wholeHouse(desk));
  desk.provider.trouble = undefined;
  desk.provider.down = false;
  desk.provider.person = { ...alice, sub: `reader-${(people += 1)}` };
});

const session = (answer: Response) =>
  answer.headers.getSetCookie().find((cookie) => cookie.startsWith('__Host-gatehouse-session='));
const begin = async (query = '?to=/account') => browser.get(`/sign-in${query}`);

describe('F-C5 sign-in for our own pages', () => {
  test('goes by the identity provider to the page that was wanted', async () => {
    expect((await signInFor(browser, '/admin/clients?limit=10')).href).toBe(`${issuer}/admin/clients?limit=10`);
    expect((await browser.get('/account')).status).toBe(200);
  });

  test('goes straight on for whoever is signed in, and without a page to the first', async () => {
    await signInFor(browser, '/account');
    const answer = await begin('');
    expect(answer.status).toBe(303);
    expect(locationOf(answer).href).toBe(`${issuer}/account`);
  });

  test('again=1 asks the provider with a choice of account, and the earlier session ends', async () => {
    await signInFor(browser, '/account');
    const old = browser.cookies.header(new URL(issuer));
    const start = locationOf(await begin('?to=/account&again=1'));
    expect(start.host).toBe('idp.example');
    desk.provider.person = { ...alice, sub: 'another', name: 'Somebody Else' };
    await browser.callback(start);
    expect(await (await browser.get('/account')).text()).toContain('Somebody Else');
    const before = await desk.account.request(`${issuer}/account`, { headers: { cookie: old ?? '' } });
    expect(before.status).toBe(303);
  });

  test('starts the session under a new id, whatever the browser brought (session fixation)', async () => {
    const planted = 'P'.repeat(43);
    const start = locationOf(await begin());
    const cookie = `${browser.cookies.header(new URL(issuer))}; __Host-gatehouse-session=${planted}`;
    const callback = `${issuer}/callback?code=upstream&state=${start.searchParams.get('state') ?? ''}`;
    const answer = await desk.interaction.request(callback, { headers: { cookie } });
    expect(session(answer)).toBeDefined();
    expect(session(answer)).not.toContain(planted);
  });

  test('counts once, and a reloaded callback goes on without a second session', async () => {
    const start = locationOf(await begin());
    expect(session(await browser.callback(start))).toBeDefined();
    const again = await browser.callback(start);
    expect(locationOf(again).href).toBe(`${issuer}/account`);
    expect(session(again)).toBeUndefined();
  });

  test('counts in the browser that began it only (login CSRF), and where cookies are blocked a page says so', async () => {
    const start = locationOf(await begin());
    const stolen = await new InProcessBrowser(wholeHouse(desk)).callback(start);
    expect(stolen.status).toBe(400);
    expect(session(stolen)).toBeUndefined();
    expect(await stolen.text()).toContain('cookies');
    expect(session(await browser.callback(start))).toBeDefined();
  });

  test('expires', async () => {
    const start = locationOf(await begin());
    desk.clock.forward(lifetimes.signInTransaction + 1);
    const late = await browser.callback(start);
    expect(late.status).toBe(400);
    expect(await late.text()).toContain('This sign-in is over');
  });

  test('denied at the provider is a page that leads back to sign-in', async () => {
    const start = locationOf(await begin());
    desk.provider.trouble = 'denied';
    const answer = await browser.callback(start);
    const text = await answer.text();
    expect(answer.status).toBe(400);
    expect(session(answer)).toBeUndefined();
    expect(text).toContain('You were not signed in');
    expect(text).toContain(`${issuer}/sign-in?`);
  });

  test('a provider that is down is a page with 503', async () => {
    desk.provider.down = true;
    expect((await begin()).status).toBe(503);
  });

  test('F-D6 everything of the person ended while they signed in: that sign-in is over, the next one works', async () => {
    const other = await signedInBrowser(desk);
    const start = locationOf(await begin());
    await sendForm(other, '/account/end');
    expect((await browser.callback(start)).status).toBe(400);
    desk.clock.forward(1);
    expect((await signInFor(browser, '/account')).pathname).toBe('/account');
    expect((await browser.get('/account')).status).toBe(200);
  });

  test('F-D6 everything of the person ended since they signed in: they are signed out, and no redirect goes round', async () => {
    const [signed, other] = [await signedInBrowser(desk), await signedInBrowser(desk)];
    await sendForm(other, '/account/end');
    const answer = await signed.get('/account/keys?cursor=x');
    const to = locationOf(answer);
    expect(to.pathname).toBe('/sign-in');
    expect(to.searchParams.get('to')).toBe('/account/keys?cursor=x');
    expect(locationOf(await signed.get(`${to.pathname}${to.search}`)).host).toBe('idp.example');
  });
});

describe('no open redirect: to is a page below /account or /admin', () => {
  const good = ['/account', '/admin', '/account/keys/new', '/admin/clients/~aHR0cHM', '/admin/audit?client=a%2Fb&x=1'];
  test.each(good)('%s is taken as it is', (to) => {
    expect(returnPath(to)).toBe(to);
  });

  const bad = [
    ...['', '/', 'account', '/accounts', '/accountevil', '/authorize', '/consent', '/callback', '/sign-in?to=/account'],
    ...['//evil.example', '/\\evil.example', '/account//evil.example', '/account/\\evil', '\\account', '/account\\..'],
    ...['https://evil.example/account', 'javascript:alert(1)', 'account:', '/account@evil.example', '/account:80'],
    ...['/account/..', '/account/../authorize', '/account/./x', '/admin/../../x', '/account/%2e%2e/authorize'],
    ...['/account/%2F%2Fevil', '/account%2F', '/%61ccount', '/account/%5c', '/account/', '/account#x', '/account/x#y'],
    ...['/account?x#y', '/account?x=\\', '/account?%0d%0aSet-Cookie:x', '/account?%ff', '/account?%', '/account x'],
    ...['/account\n', '/account\t/x', '/account?x=\u0000', '/account;x', '/account/ä', ' /account', '/account?x y'],
    `/account/${'x'.repeat(1000)}`,
  ];
  test.each(bad)('%j is refused', async (to) => {
    expect(returnPath(to)).toBeUndefined();
    const answer = await begin(`?to=${encodeURIComponent(to)}`);
    // Without a value it counts as left out.
    if (to === '') return;
    expect(answer.status).toBe(400);
    expect(answer.headers.get('location')).toBeNull();
  });

  test('to twice is refused', async () => {
    expect((await begin('?to=/account&to=/admin')).status).toBe(400);
  });

  test('whatever to is, a browser that follows it stays below /account or /admin of this server', () => {
    const piece = fc.constantFrom(
      '/',
      '//',
      '\\',
      '..',
      '.',
      '%2e',
      '%2F',
      '?',
      '#',
      '@',
      ':',
      '~',
      'account',
      'admin',
    );
    const to = fc.oneof(
      fc.webUrl(),
      fc.string({ unit: 'binary' }),
      fc
        .array(fc.oneof(piece, fc.string({ unit: 'grapheme' })), { maxLength: 8 })
        .map((parts) => `/account${parts.join('')}`),
    );
    for (const base of [issuer, `${issuer}/dev`]) {
      fc.assert(
        fc.property(to, (text) => {
          const taken = returnPath(text);
          if (taken === undefined) return;
          const { origin, pathname, hash, href } = new URL(`${base}${taken}`);
          expect(origin).toBe(issuer);
          expect(pathname).toMatch(base === issuer ? /^\/(account|admin)(\/|$)/ : /^\/dev\/(account|admin)(\/|$)/);
          expect(hash).toBe('');
          // Read by nobody in another way than it is written.
          expect(href).toBe(`${base}${taken}`);
        }),
        { numRuns: 500 },
      );
    }
  });
});
