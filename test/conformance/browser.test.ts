import { readFileSync } from 'node:fs';
import type { BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, describe, expect, inject, onTestFinished, test } from 'vitest';
import { findAccessibilityViolations, launchBrowser } from '../rig/browser.ts';
import { startLandingServer } from '../rig/landing-server.ts';
import type { Attempt } from '../rig/oauth-client.ts';
import { OAuthClient } from '../rig/oauth-client.ts';
import { password, Person } from '../rig/person.ts';

const { baseUrl, outputPath } = inject('gatehouse');
const browser = await launchBrowser();
const landing = await startLandingServer();

afterAll(async () => {
  await browser?.close();
  await landing.stop();
});

async function newContext(options: BrowserContextOptions = {}): Promise<BrowserContext> {
  if (!browser) throw new Error('no browser');
  const context = await browser.newContext(options);
  onTestFinished(() => context.close());
  return context;
}

async function newPage(options: BrowserContextOptions = {}): Promise<Page> {
  return await (await newContext(options)).newPage();
}

const newClient = () => OAuthClient.register(baseUrl, { redirect_uris: [landing.redirectUri] });
const newName = () => new Person().name;
const allow = (page: Page) => page.getByRole('button', { name: /allow/i });
const cancel = (page: Page) => page.getByRole('button', { name: /cancel|deny/i });

async function signIn(page: Page, name = newName()): Promise<void> {
  await page.locator('input[type=password]').fill(password);
  await page.getByRole('textbox').first().fill(name);
  await page.locator('button[type=submit], button:not([type]), input[type=submit]').first().click();
}

/** Waits for the redirect at the client and checks what every redirect must hold. */
async function land(attempt: Attempt): Promise<URLSearchParams> {
  const { searchParams } = await landing.arrival(attempt.state);
  expect(searchParams.get('iss')).toBe(baseUrl);
  return searchParams;
}

describe.skipIf(!browser)('a person in a real browser (skipped: no Chromium starts here)', () => {
  test('D7 signs in, reads who asks for what, allows, and the code works', async () => {
    const [page, client] = [await newPage(), await newClient()];
    const attempt = client.start({ scope: 'todo:read todo:write' });
    await page.goto(attempt.url.href);
    await signIn(page);
    await allow(page).waitFor();
    const text = await page.locator('body').innerText();
    // AS-28: the host that will receive the code.
    expect(text).toContain('127.0.0.1');
    await allow(page).click();
    const parameters = await land(attempt);
    const redirect = new URL(`${landing.redirectUri}?${parameters.toString()}`);
    expect((await client.redeem(attempt, redirect)).status).toBe(200);
  });

  test('AS-48 D7 an unticked optional scope is not granted', async () => {
    const [page, client] = [await newPage(), await newClient()];
    const attempt = client.start({ scope: 'todo:read todo:write' });
    await page.goto(attempt.url.href);
    await signIn(page);
    const box = page.getByRole('checkbox').first();
    const scope = await box.getAttribute('value');
    await box.uncheck();
    await allow(page).click();
    const redirect = new URL(`${landing.redirectUri}?${(await land(attempt)).toString()}`);
    const answer = await client.redeem(attempt, redirect);
    expect(answer.status).toBe(200);
    expect(String(answer.body['scope']).split(' ')).not.toContain(scope);
  });

  test('D7 Cancel sends access_denied to the client', async () => {
    const [page, client] = [await newPage(), await newClient()];
    const attempt = client.start();
    await page.goto(attempt.url.href);
    await signIn(page);
    await cancel(page).click();
    const parameters = await land(attempt);
    expect(parameters.get('error')).toBe('access_denied');
    expect(parameters.has('code')).toBe(false);
  });

  test('D7 a consent that was given is remembered, in this browser and in another', async () => {
    const [page, client, name] = [await newPage(), await newClient(), newName()];
    const first = client.start();
    await page.goto(first.url.href);
    await signIn(page, name);
    await allow(page).click();
    expect((await land(first)).has('code')).toBe(true);

    const second = client.start();
    await page.goto(second.url.href);
    expect((await land(second)).has('code')).toBe(true);

    const other = await newPage();
    const third = client.start();
    await other.goto(third.url.href);
    await signIn(other, name);
    expect((await land(third)).has('code')).toBe(true);
  });

  test('F-A8 another account: the page leads to sign-in, and whoever signs in there is asked', async () => {
    const [page, client, name] = [await newPage(), await newClient(), newName()];
    const attempt = client.start({ scope: 'openid profile' });
    await page.goto(attempt.url.href);
    await signIn(page);
    await page.getByRole('button', { name: /another account/i }).click();
    await page.locator('input[type=password]').waitFor();
    await signIn(page, name);
    await allow(page).waitFor();
    expect(await page.locator('body').innerText()).toContain(name);
    expect(await findAccessibilityViolations(page)).toEqual([]);
    await allow(page).click();
    expect((await land(attempt)).has('code')).toBe(true);
  });

  test('D7 another client of the same person is asked about again', async () => {
    const page = await newPage();
    for (const round of [1, 2]) {
      const attempt = (await newClient()).start();
      await page.goto(attempt.url.href);
      if (round === 1) await signIn(page);
      await allow(page).click();
      expect((await land(attempt)).has('code')).toBe(true);
    }
  });

  test('the whole way works without JavaScript', async () => {
    const [page, client] = [await newPage({ javaScriptEnabled: false }), await newClient()];
    const attempt = client.start();
    await page.goto(attempt.url.href);
    await signIn(page);
    await allow(page).click();
    expect((await land(attempt)).has('code')).toBe(true);
  });

  test('the whole way works with the keyboard alone', async () => {
    const [page, client] = [await newPage(), await newClient()];
    const attempt = client.start();
    await page.goto(attempt.url.href);
    await tabTo(page, 'input:not([type=password]):not([type=hidden])');
    await page.keyboard.type(newName());
    await tabTo(page, 'input[type=password]');
    await page.keyboard.type(password);
    await page.keyboard.press('Enter');
    await allow(page).waitFor();
    await tabTo(page, 'button', /allow/i);
    await page.keyboard.press('Enter');
    expect((await land(attempt)).has('code')).toBe(true);
  });

  test('pain 6: a redirect to an application of the desktop leaves after the consent POST', async () => {
    const redirectUri = 'cursor://anysphere.cursor-mcp/oauth/callback';
    const page = await newPage();
    const client = await OAuthClient.register(baseUrl, { redirect_uris: [redirectUri] });
    const complaints: string[] = [];
    page.on('console', (message) => complaints.push(message.text()));
    const left: string[] = [];
    page.on('request', (request) => left.push(request.url()));
    await page.goto(client.start().url.href);
    await signIn(page);
    await allow(page).waitFor();
    const answered = page.waitForResponse((response) => response.request().method() === 'POST');
    await allow(page).click();
    const answer = await answered;
    // AS-50: 303, so that the form is not sent on.
    expect(answer.status()).toBe(303);
    expect(answer.headers()['location']).toMatch(/^cursor:\/\/anysphere\.cursor-mcp\/oauth\/callback\?/);
    await expect.poll(() => left.some((url) => url.startsWith('cursor:'))).toBe(true);
    expect(complaints.filter((text) => /content security policy/i.test(text))).toEqual([]);
  });

  test('AS-49 the session cookies are HttpOnly and SameSite=Lax', async () => {
    const context = await newContext();
    const [page, client] = [await context.newPage(), await newClient()];
    const attempt = client.start();
    await page.goto(attempt.url.href);
    await signIn(page);
    await allow(page).waitFor();
    const own = (await context.cookies()).filter(({ name }) => name.includes('gatehouse'));
    expect(own.length).toBeGreaterThan(0);
    expect(own.filter(({ httpOnly, sameSite }) => !httpOnly || sameSite !== 'Lax')).toEqual([]);
  });

  test('AS-49 pain 26: the consent page of one browser is worth nothing in another', async () => {
    const [page, client] = [await newPage(), await newClient()];
    await page.goto(client.start().url.href);
    await signIn(page);
    await allow(page).waitFor();
    const thief = await newPage();
    const answer = await thief.goto(page.url());
    expect(answer?.status()).toBeGreaterThanOrEqual(400);
    expect(await allow(thief).count()).toBe(0);
    expect(await findAccessibilityViolations(thief)).toEqual([]);
  });

  test('axe finds no violation on the sign-in page and on the consent page', async () => {
    const [page, client] = [await newPage(), await newClient()];
    await page.goto(client.start().url.href);
    expect(await findAccessibilityViolations(page)).toEqual([]);
    await signIn(page);
    await allow(page).waitFor();
    expect(await findAccessibilityViolations(page)).toEqual([]);
  });

  const errorPages: readonly (readonly [string, (client: OAuthClient) => string])[] = [
    ['AS-41 an unknown client', (client) => client.start({ client_id: 'no-such-client' }).url.href],
    ['AS-41 a wrong redirect URI', (client) => client.start({ redirect_uri: 'https://evil.example/' }).url.href],
    ['an unknown transaction', () => `${baseUrl}/consent?transaction=no-such-transaction`],
    ['a consent page without transaction', () => `${baseUrl}/consent`],
    ['a callback that nobody waits for', () => `${baseUrl}/callback?state=none&code=none`],
    ['a callback with an error of the identity provider', () => `${baseUrl}/callback?state=none&error=access_denied`],
    ['an explanation', () => `${baseUrl}/errors/invalid_grant`],
    ['an explanation that does not exist', () => `${baseUrl}/errors/no-such-code`],
  ];
  test.each(errorPages)('a page of its own, readable by everybody: %s', async (name, address) => {
    const page = await newPage();
    const answer = await page.goto(address(await newClient()));
    if (name !== 'an explanation') expect(answer?.status()).toBeGreaterThanOrEqual(400);
    expect(answer?.status()).toBeLessThan(500);
    expect(page.url().startsWith(baseUrl)).toBe(true);
    expect(await page.title()).not.toBe('');
    expect(await findAccessibilityViolations(page)).toEqual([]);
  });

  test('every error page shows the trace id that the log has', async () => {
    const page = await newPage();
    await page.goto((await newClient()).start({ client_id: 'no-such-client' }).url.href);
    const [traceId = 'none'] = /[0-9a-f]{8}-[0-9a-f-]{27}/.exec(await page.locator('body').innerText()) ?? [];
    await expect.poll(() => readFileSync(outputPath, 'utf8')).toContain(traceId);
  });
});

/** Presses Tab until the focus is on what the selector and label say, as a person without a mouse does. */
async function tabTo(page: Page, selector: string, label = /(?:)/): Promise<void> {
  for (let presses = 0; presses < 30; presses += 1) {
    const focused = page.locator(`:is(${selector}):focus`);
    if ((await focused.count()) > 0 && label.test(await focused.innerText())) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab never reached ${selector} ${label}`);
}
