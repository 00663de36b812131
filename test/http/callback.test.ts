import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { goodRequest, issuer, lifetimes } from '../core/fixtures.ts';
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
  desk.provider.trouble = undefined;
  desk.provider.person = { ...alice, sub: `alice-${(people += 1)}` };
});

const signIn = async () => locationOf(await browser.get(`/authorize?${goodRequest().toString()}`));

function session(answer: Response): string | undefined {
  return answer.headers.getSetCookie().find((cookie) => cookie.startsWith('__Host-gatehouse-session='));
}

describe("the identity provider's answer", () => {
  test('leads to the consent page by 303 and starts a session', async () => {
    const answer = await browser.callback(await signIn());
    expect(answer.status).toBe(303);
    expect(locationOf(answer).pathname).toBe('/consent');
    const cookie = session(answer) ?? '';
    for (const attribute of ['Path=/', 'HttpOnly', 'SameSite=Lax', 'Secure', `Max-Age=${lifetimes.browserSession}`]) {
      expect(cookie).toContain(attribute);
    }
  });

  test('starts the session under a new id, whatever the browser brought (session fixation)', async () => {
    const planted = 'P'.repeat(43);
    const signInUrl = await signIn();
    const cookie = `${browser.cookies.header(new URL(issuer))}; __Host-gatehouse-session=${planted}`;
    const callback = `${issuer}/callback?code=upstream&state=${signInUrl.searchParams.get('state') ?? ''}`;
    const answer = await desk.interaction.request(callback, { headers: { cookie } });
    expect(session(answer)).toBeDefined();
    expect(session(answer)).not.toContain(planted);
    const second = new InProcessBrowser(desk.interaction);
    const again = locationOf(await second.get(`/authorize?${goodRequest().toString()}`));
    expect(session(await second.callback(again))).not.toBe(session(answer));
  });

  test('counts once: a replay starts no second session', async () => {
    const signInUrl = await signIn();
    await browser.callback(signInUrl);
    const replay = await browser.callback(signInUrl);
    expect(session(replay)).toBeUndefined();
  });

  test('counts in the browser that asked only', async () => {
    const signInUrl = await signIn();
    const other = new InProcessBrowser(desk.interaction);
    const stolen = await other.callback(signInUrl);
    expect(stolen.status).toBe(400);
    expect(session(stolen)).toBeUndefined();
    expect(await stolen.text()).toContain('another browser');
    // The rightful browser is not locked out by the attempt.
    expect((await browser.callback(signInUrl)).status).toBe(303);
  });

  test.each(['', '?state=', '?state=unknown&code=x', '?code=x'])('GET /callback%s is a page', async (query) => {
    const answer = await browser.get(`/callback${query}`);
    expect(answer.status).toBe(400);
    expect(answer.headers.get('location')).toBeNull();
    expect(await answer.text()).toContain('What to do');
  });

  test('expires with its transaction', async () => {
    const signInUrl = await signIn();
    desk.clock.forward(lifetimes.signInTransaction + 1);
    expect((await browser.callback(signInUrl)).status).toBe(400);
  });
});

describe('trouble at the identity provider', () => {
  test('denied there is access_denied for the client, with state and iss', async () => {
    const signInUrl = await signIn();
    desk.provider.trouble = 'denied';
    const answer = await browser.callback(signInUrl);
    const { origin, searchParams } = locationOf(answer);
    expect(answer.status).toBe(303);
    expect(origin).toBe('https://client.example');
    expect(searchParams.get('error')).toBe('access_denied');
    expect(searchParams.get('state')).toBe('state-1');
    expect(searchParams.get('iss')).toBe(issuer);
    expect(session(answer)).toBeUndefined();
  });

  test('unavailable is a page with 503 and Retry-After, and a reload may succeed', async () => {
    const signInUrl = await signIn();
    desk.provider.trouble = 'unavailable';
    const answer = await browser.callback(signInUrl);
    expect(answer.status).toBe(503);
    expect(answer.headers.get('retry-after')).toMatch(/^\d+$/);
    desk.provider.trouble = undefined;
    expect((await browser.callback(signInUrl)).status).toBe(303);
  });

  test('an answer that cannot be trusted is a page with the trace id, and tells nothing of its inside', async () => {
    const signInUrl = await signIn();
    desk.provider.trouble = 'invalid';
    const answer = await browser.callback(signInUrl);
    const text = await answer.text();
    expect(answer.status).toBe(500);
    expect(text).toContain('trace-1');
    expect(text).not.toContain('scripted');
    expect(desk.lines.at(-2)).toMatchObject({ level: 'error', fields: { reason: 'identity_provider_invalid' } });
  });
});
