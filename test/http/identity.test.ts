import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { goodRequest, issuer } from '../core/fixtures.ts';
import type { Desk } from './desk.ts';
import { startDesk } from './desk.ts';
import { InProcessBrowser } from './in-process-browser.ts';
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
  desk.provider.person = { ...alice, sub: `alice-${(people += 1)}` };
});

const signInOnly = () => goodRequest({ scope: 'openid email profile', resource: undefined });
const sameSite = { 'sec-fetch-site': 'same-origin' };

describe('the page of a request that only signs in', () => {
  test('says what the app learns, and that it opens nothing', async () => {
    const text = await (await browser.arrive(signInOnly())).page.text();
    expect(text).toMatch(/Sign in to/);
    expect(text).toContain('Who you are: name, e-mail address');
    expect(text).not.toMatch(/May todos|<dt>Opens/);
  });

  test('with openid alone names no facts', async () => {
    const params = goodRequest({ scope: 'openid todos:read' });
    const text = await (await browser.arrive(params)).page.text();
    expect(text).toContain('Who you are: that it is you, by an identifier');
    expect(text).toContain('May todos:read');
  });
});

describe('another account', () => {
  test('goes on by a page of its own, which no form-action holds back, and forgets who was signed in', async () => {
    const { page } = await browser.arrive(signInOnly());
    const fields = await InProcessBrowser.answer(page, 'allow');
    fields.set('decision', 'switch');
    const answer = await browser.post('/consent', fields, sameSite);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('refresh')).toBe(
      `0; url=https://idp.example/authorize?state=${fields.get('transaction') ?? ''}`,
    );
    expect(answer.headers.getSetCookie().join()).toMatch(/gatehouse-session=; .*Max-Age=0/);
    const again = await browser.get(`/authorize?${signInOnly().toString()}`);
    expect(again.headers.get('location')).toMatch(/^https:\/\/idp\.example/);
  });

  test('AS-49 a form of another site changes nothing', async () => {
    const { page } = await browser.arrive(signInOnly());
    const fields = await InProcessBrowser.answer(page, 'allow');
    fields.set('decision', 'switch');
    const answer = await browser.post('/consent', fields, { 'sec-fetch-site': 'cross-site' });
    expect([answer.status, answer.headers.get('refresh')]).toEqual([400, null]);
    expect(answer.headers.getSetCookie()).toEqual([]);
  });
});

describe('OIDC Core §3.1.2.6 prompt=none', () => {
  test('is answered to the client, with state and iss, and nobody sees a page', async () => {
    const answer = await browser.get(`/authorize?${goodRequest({ prompt: 'none' }).toString()}`);
    const location = new URL(answer.headers.get('location') ?? '');
    expect(location.origin).toBe('https://client.example');
    expect(Object.fromEntries(location.searchParams)).toMatchObject({
      error: 'login_required',
      state: 'state-1',
      iss: issuer,
    });
  });
});
