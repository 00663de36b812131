import type { BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, describe, expect, onTestFinished, test } from 'vitest';
import { findAccessibilityViolations, launchBrowser } from '../rig/browser.ts';
import { startGatehouse } from '../rig/gatehouse.ts';
import { startLandingServer } from '../rig/landing-server.ts';
import { callMcp } from '../rig/mcp-call.ts';
import { OAuthClient, readTokens } from '../rig/oauth-client.ts';
import type { Tokens } from '../rig/oauth-client.ts';
import { password, Person } from '../rig/person.ts';

const gatehouse = await startGatehouse({ app: 'test/apps/no-memory.ts' });
const { baseUrl } = gatehouse;
const mcp = gatehouse.mcpUrls['todo'] ?? '';
const browser = await launchBrowser();
const landing = await startLandingServer();

afterAll(async () => {
  await browser?.close();
  await landing.stop();
  await gatehouse.stop();
});

async function newPage(options: BrowserContextOptions = {}): Promise<Page> {
  if (!browser) throw new Error('no browser');
  const context = await browser.newContext(options);
  onTestFinished(() => context.close());
  return await context.newPage();
}

const button = (page: Page, name: string | RegExp) => page.getByRole('main').getByRole('button', { name });
const link = (page: Page, name: string | RegExp) => page.getByRole('link', { name });

/** Signs in for the person's own page. @returns the name */
async function arrive(page: Page): Promise<string> {
  const { name } = new Person();
  await page.goto(`${baseUrl}/account`);
  await page.locator('input[type=password]').fill(password);
  await page.getByRole('textbox').first().fill(name);
  await page.locator('button[type=submit], button:not([type]), input[type=submit]').first().click();
  await page.waitForURL(`${baseUrl}/account`);
  return name;
}

/** Connects a client in the same browser, where nobody has to sign in again. */
async function connect(page: Page, client: OAuthClient): Promise<Tokens> {
  const attempt = client.start({ scope: 'todo:read todo:write' });
  await page.goto(attempt.url.href);
  await page.getByRole('button', { name: /allow/i }).click();
  const { searchParams } = await landing.arrival(attempt.state);
  return readTokens(await client.redeem(attempt, new URL(`${landing.redirectUri}?${searchParams.toString()}`)));
}

/** With a guard that remembers nothing; how long it may remember is held in revocation-of-access.test.ts. */
async function isDead(credential: string, headers?: Record<string, string>): Promise<void> {
  expect((await callMcp(mcp, headers ? undefined : credential, headers ? { headers } : {})).status).toBe(401);
}

const newClient = () => OAuthClient.register(baseUrl, { client_name: 'Ledger', redirect_uris: [landing.redirectUri] });

describe.skipIf(!browser)('F-C5 a person on their own page (skipped: no Chromium starts here)', () => {
  test('F-D3 connects a client, sees it, takes it back: its tokens are dead, and it must ask again', async () => {
    const page = await newPage({ javaScriptEnabled: false });
    const name = await arrive(page);
    const main = page.getByRole('main');
    expect(await main.innerText()).toContain(`Signed in as ${name}`);
    expect(await main.innerText()).toContain('Nothing is connected');
    const client = await newClient();
    const tokens = await connect(page, client);
    expect((await callMcp(mcp, tokens.accessToken)).status).toBe(200);

    await page.goto(`${baseUrl}/account`);
    const text = await main.innerText();
    for (const words of ['Ledger', 'Self-asserted', 'See your todos', 'todo:write', 'Connected']) {
      expect(text).toContain(words);
    }
    await link(page, 'Take back the access of Ledger').click();
    await page.getByRole('heading', { name: 'Take back the access of Ledger?' }).waitFor();
    await button(page, 'Take back').click();
    await page.getByRole('status').waitFor();
    expect(await main.innerText()).toContain('Nothing is connected');

    expect((await client.refresh(tokens.refreshToken)).status).toBe(400);
    await isDead(tokens.accessToken);
    await page.goto(client.start().url.href);
    await page.getByRole('button', { name: /allow/i }).waitFor();
  });

  test('F-D1 ends one session of two, by the keyboard', async () => {
    const page = await newPage();
    await arrive(page);
    const client = await newClient();
    const kept = await connect(page, client);
    const attempt = client.start();
    await page.goto(attempt.url.href);
    const { searchParams } = await landing.arrival(attempt.state);
    const landed = new URL(`${landing.redirectUri}?${searchParams.toString()}`);
    const ended = readTokens(await client.redeem(attempt, landed));
    await page.goto(`${baseUrl}/account`);
    const summary = page.locator('summary', { hasText: '2 sessions' });
    await summary.focus();
    await page.keyboard.press('Enter');
    // The newest stands first.
    await link(page, /^End the session/)
      .first()
      .focus();
    await page.keyboard.press('Enter');
    await button(page, 'End the session').focus();
    await page.keyboard.press('Enter');
    await page.getByRole('status').waitFor();
    const refreshed = await Promise.all([client.refresh(kept.refreshToken), client.refresh(ended.refreshToken)]);
    expect(refreshed.map(({ status }) => status).sort()).toEqual([200, 400]);
  });

  test('F-B1 F-B2 F-B4 makes an API key, calls the server with it, and revokes it', async () => {
    const page = await newPage();
    await arrive(page);
    await link(page, 'Make an API key').click();
    await page.getByLabel('Name').fill('Nightly report');
    await page.locator('input[name=permissions][value=read]').check();
    await button(page, 'Make the key').click();
    const key = await page.getByLabel('API key', { exact: true }).inputValue();
    expect(key).toMatch(/^gh_dev_[0-9A-Za-z]{16}_[0-9A-Za-z]{49}$/);
    expect((await callMcp(mcp, key)).body).toContain('"name":"list_todos"');
    expect((await callMcp(mcp, undefined, { headers: { 'x-api-key': key } })).status).toBe(200);
    expect((await callMcp(mcp, key)).body).not.toContain('"name":"create_todo"');

    await link(page, 'I have copied it').click();
    const text = await page.getByRole('main').innerText();
    expect(text).toContain('Nightly report');
    expect(text).not.toContain(key);
    await link(page, 'Revoke the key Nightly report').click();
    await button(page, 'Revoke the key').click();
    await page.getByRole('status').waitFor();
    expect(await page.locator('s').innerText()).toBe('Nightly report');
    await Promise.all([isDead(key), isDead(key, { 'x-api-key': key })]);
  });

  test('the copy button copies, and the policy of the page lets no other script run', async () => {
    const page = await newPage({ permissions: ['clipboard-read', 'clipboard-write'] });
    const complaints: string[] = [];
    page.on('console', (message) => complaints.push(message.text()));
    await arrive(page);
    await link(page, 'Make an API key').click();
    await page.getByLabel('Name').fill('To copy');
    await page.locator('input[name=permissions][value=write]').check();
    await button(page, 'Make the key').click();
    await button(page, /^Copy/).click();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(copied).toBe(await page.getByLabel('API key', { exact: true }).inputValue());
    expect(complaints.filter((text) => /content security policy/i.test(text))).toEqual([]);
  });

  test('F-D6 ends everything: apps, keys and all browsers', async () => {
    const [page, other] = [await newPage(), await newPage()];
    await arrive(page);
    const client = await newClient();
    const tokens = await connect(page, client);
    await page.goto(`${baseUrl}/account`);
    const cookies = await page.context().cookies();
    await other.context().addCookies(cookies);
    await other.goto(`${baseUrl}/account`);
    expect(other.url()).toBe(`${baseUrl}/account`);
    await link(page, 'End everything of mine').click();
    await button(page, 'End everything').click();
    await page.getByRole('heading', { name: 'You are signed out' }).waitFor();
    expect((await client.refresh(tokens.refreshToken)).status).toBe(400);
    // Whether the identity provider still knows that browser is the provider's matter; our session of it is over.
    const answer = await other.request.get(`${baseUrl}/account/keys`, { maxRedirects: 0 });
    expect([answer.status(), answer.headers()['location']]).toEqual([303, expect.stringContaining('/sign-in?to=')]);
    await isDead(tokens.accessToken);
  });

  test('another account: whoever signs in next sees their own page', async () => {
    const page = await newPage();
    const first = await arrive(page);
    await link(page, 'Use another account').click();
    await page.locator('input[type=password]').fill(password);
    const { name } = new Person();
    await page.getByRole('textbox').first().fill(name);
    await page.locator('button[type=submit], button:not([type]), input[type=submit]').first().click();
    await page.waitForURL(`${baseUrl}/account`);
    const text = await page.locator('body').innerText();
    expect(text).toContain(name);
    expect(text).not.toContain(first);
  });

  test('axe finds no violation on any of the pages, in light, dark and on a phone', async () => {
    const page = await newPage();
    await arrive(page);
    await connect(page, await newClient());
    const paths = ['', '/keys/new', '/keys', '/sessions', '/end', '/sign-out', '/signed-out', '/nothing'];
    for (const path of paths) {
      await page.goto(`${baseUrl}/account${path}`);
      expect([path, ...(await findAccessibilityViolations(page))]).toEqual([path]);
    }
    await page.goto(`${baseUrl}/account/keys/new`);
    await button(page, 'Make the key').click();
    expect(await findAccessibilityViolations(page)).toEqual([]);
    await page.goto(`${baseUrl}/account`);
    await link(page, /^Take back/)
      .first()
      .click();
    expect(await findAccessibilityViolations(page)).toEqual([]);
    await page.goto(`${baseUrl}/sign-in?to=https://evil.example/`);
    expect(page.url().startsWith(baseUrl)).toBe(true);
    expect(await findAccessibilityViolations(page)).toEqual([]);
  });
});
