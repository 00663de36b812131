import type { BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, describe, expect, inject, onTestFinished, test } from 'vitest';
import { findAccessibilityViolations, launchBrowser } from '../rig/browser.ts';
import { OAuthClient } from '../rig/oauth-client.ts';
import { password, Person } from '../rig/person.ts';

const { baseUrl } = inject('gatehouse');
const browser = await launchBrowser();

afterAll(() => browser?.close());

async function newContext(options: BrowserContextOptions = {}): Promise<BrowserContext> {
  if (!browser) throw new Error('no browser');
  const context = await browser.newContext(options);
  onTestFinished(() => context.close());
  return context;
}

/** A page of the console, after signing in for it. @param name `admin` and `auditor` have rights */
async function open(path: string, name = 'admin', options: BrowserContextOptions = {}): Promise<Page> {
  const page = await (await newContext(options)).newPage();
  await page.goto(`${baseUrl}${path}`);
  await page.locator('input[type=password]').fill(password);
  await page.getByRole('textbox').first().fill(name);
  await page.locator('button[type=submit]').first().click();
  await page.waitForURL(`${baseUrl}${path}`);
  return page;
}

const heading = (page: Page) => page.getByRole('heading', { level: 1 });
const submit = (page: Page) => page.locator('form.form button[type=submit]');
const unique = (what: string) => `${what} ${new Person().name}`;

/** Fills in and sends the form of a new key. */
async function makeKey(page: Page, name: string): Promise<void> {
  await page.goto(`${baseUrl}/admin/keys/new`);
  await page.getByLabel('Name', { exact: true }).fill(name);
  await page.locator('input[name=servers]').first().check();
  await page.locator('input[name=permissions][value=read]').check();
  await page.getByLabel('30 days').check();
  await submit(page).click();
}

/** Takes something back from its details page. @param warning part of what the page says before it is done */
async function ask(page: Page, action: string, warning: string): Promise<void> {
  await page.getByRole('link', { name: action, exact: true }).click();
  expect(await heading(page).innerText()).toBe(`${action}?`);
  expect(await page.getByRole('note').innerText()).toContain(warning);
  expect(await findAccessibilityViolations(page)).toEqual([]);
  await page.getByRole('button', { name: action, exact: true }).click();
  await page.getByRole('status').waitFor();
}

/** Registers an app. @returns address of its details page */
async function registerClient(page: Page, name: string): Promise<string> {
  await page.goto(`${baseUrl}/admin/clients/new`);
  await page.getByLabel('Name', { exact: true }).fill(name);
  await page.getByLabel('Redirect URIs').fill('https://app.example/callback');
  await page.getByLabel('Authentication').selectOption('none');
  await submit(page).click();
  await page.getByRole('link', { name: 'Done' }).click();
  expect(await heading(page).innerText()).toBe(name);
  return page.url();
}

describe.skipIf(!browser)('the console in a real browser (skipped: no Chromium starts here)', () => {
  test('F-D1 F-D2 F-D3 F-D4 axe finds no violation on any list, in light, in dark and on a phone', async () => {
    const page = await open('/admin');
    const menu = page.getByRole('navigation', { name: 'Console' }).getByRole('link');
    const addresses = await menu.evaluateAll((links) => links.map((link) => (link as HTMLAnchorElement).href));
    expect(addresses).toHaveLength(9);
    for (const address of [...addresses, `${baseUrl}/admin?span=days`, `${baseUrl}/admin/sessions?person=nobody`]) {
      const answer = await page.goto(address);
      expect([address, answer?.status()]).toEqual([address, 200]);
      expect([address, await findAccessibilityViolations(page)]).toEqual([address, []]);
    }
  });

  test('F-B1 F-B2 a key is made, shown once with a button that copies it, listed, and revoked', async () => {
    const page = await open('/admin/keys');
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write'], { origin: baseUrl });
    const name = unique('Nightly');
    await makeKey(page, name);
    const secret = await page.locator('#secret').inputValue();
    expect(secret).toMatch(/^gh_dev_[0-9A-Za-z]{16}_[0-9A-Za-z]{49}$/);
    expect(await page.locator('#secret').evaluate((field) => field === document.activeElement)).toBe(true);
    await page.getByRole('button', { name: 'Copy the secret' }).click();
    await page.getByText('Copied').waitFor();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(secret);
    expect(await findAccessibilityViolations(page)).toEqual([]);

    await page.getByRole('link', { name: 'Done' }).click();
    expect(await page.content()).not.toContain(secret);
    expect(await findAccessibilityViolations(page)).toEqual([]);
    await page.getByRole('link', { name: 'Revoke API key' }).click();
    expect(await heading(page).innerText()).toBe('Revoke API key?');
    expect(await page.getByRole('note').innerText()).toContain('refused within 60 seconds');
    expect(await findAccessibilityViolations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Revoke API key' }).click();
    expect(await page.getByRole('status').innerText()).toContain('was revoked');
    expect(await page.getByText('Revoked', { exact: true }).first().isVisible()).toBe(true);
    expect(await page.getByRole('link', { name: 'Revoke API key' }).count()).toBe(0);
  });

  test('F-B2 everything works without JavaScript; then there is no button that could not work', async () => {
    const page = await open('/admin/keys', 'admin', { javaScriptEnabled: false });
    await makeKey(page, unique('No script'));
    expect(await page.locator('#secret').inputValue()).toMatch(/^gh_dev_/);
    expect(await page.getByRole('button', { name: /copy/i }).count()).toBe(0);
    await page.goto(`${baseUrl}/admin`);
    await page.getByText('Numbers').first().click();
    expect(await page.getByRole('table').first().isVisible()).toBe(true);
  });

  test('a reload of the page with a new key makes no second one', async () => {
    const page = await open('/admin/keys');
    const name = unique('Reloaded');
    await makeKey(page, name);
    const secret = await page.locator('#secret').inputValue();
    await page.reload();
    expect(await page.locator('#secret').inputValue()).toBe(secret);
    // The list follows within moments.
    await expect
      .poll(async () => {
        await page.goto(`${baseUrl}/admin/keys`);
        return page.getByRole('link', { name, exact: true }).count();
      })
      .toBe(1);
  });

  test('a mistake is told at its field, and the summary of mistakes has the focus', async () => {
    const page = await open('/admin/keys/new');
    await page.getByLabel('Name', { exact: true }).fill('Kept');
    await page.getByLabel('Or until a time').fill('2001-01-01T00:00:00Z');
    await page.locator('input[name=servers]').first().check();
    await page.locator('input[name=permissions][value=read]').check();
    await submit(page).click();
    const summary = page.getByRole('alert');
    expect(await summary.evaluate((element) => element === document.activeElement)).toBe(true);
    expect(await findAccessibilityViolations(page)).toEqual([]);
    await summary.getByRole('link').first().click();
    expect(new URL(page.url()).hash).toBe('#field-expires');
    expect(await page.locator('#field-expires-problem').innerText()).not.toBe('');
    expect(await page.getByLabel('Name', { exact: true }).inputValue()).toBe('Kept');
    expect(await page.locator('input[name=permissions][value=read]').isChecked()).toBe(true);
  });

  test('F-D2 of two administrators who edit the same client the second is told, and sees what the first stored', async () => {
    const first = await open('/admin/clients');
    const address = await registerClient(first, unique('Shared'));
    expect(await findAccessibilityViolations(first)).toEqual([]);
    const second = await first.context().newPage();
    for (const page of [first, second]) await page.goto(`${address}/update`);
    expect(await findAccessibilityViolations(first)).toEqual([]);
    const [theirs, mine] = [unique('Theirs'), unique('Mine')];
    await first.getByLabel('Name', { exact: true }).fill(theirs);
    await submit(first).click();
    expect(await first.getByRole('status').innerText()).toContain('saved');

    await second.getByLabel('Name', { exact: true }).fill(mine);
    await submit(second).click();
    expect(await second.locator('body').innerText()).toContain(`Stored now: ${theirs}`);
    expect(await second.getByLabel('Name', { exact: true }).inputValue()).toBe(mine);
    expect(await findAccessibilityViolations(second)).toEqual([]);
    await submit(second).click();
    expect(await heading(second).innerText()).toBe(mine);
  });

  test('F-D1 a session is found by its client and revoked; its refresh token is dead, the client stays', async () => {
    const client = await OAuthClient.register(baseUrl, { client_name: unique('Laptop') });
    const { refreshToken } = await client.signIn();
    const page = await open('/admin/sessions');
    await page.getByLabel('Client id').fill(client.clientId);
    await expect
      .poll(async () => {
        await page.getByRole('button', { name: 'Filter' }).click();
        return page.getByRole('link', { name: /^Revoke session/ }).count();
      })
      .toBe(1);
    await page.getByRole('cell').getByRole('link').first().click();
    expect(await findAccessibilityViolations(page)).toEqual([]);
    await page.getByRole('link', { name: 'Revoke session' }).click();
    await page.getByRole('button', { name: 'Revoke session' }).click();
    expect(await page.getByRole('status').innerText()).toContain('revoked');
    expect((await client.refresh(refreshToken)).body['error']).toBe('invalid_grant');
    await page.goto(`${baseUrl}/admin/clients/${client.clientId}`);
    expect(await heading(page).innerText()).toMatch(/^Laptop/);
    expect(await findAccessibilityViolations(page)).toEqual([]);
  });

  test('F-D4 a server has its metadata as they are published, and lines to paste; a key its public half', async () => {
    const page = await open('/admin/servers');
    await page.getByRole('cell').getByRole('link').first().click();
    const metadata = JSON.parse(
      await page.locator('#section-metadata ~ *, section:has(#section-metadata) pre').last().innerText(),
    ) as object;
    const at = await page.getByText('/.well-known/oauth-protected-resource').first().innerText();
    expect(await (await fetch(at)).json()).toEqual(metadata);
    expect(await page.getByRole('heading', { level: 3 }).count()).toBeGreaterThan(3);
    expect(await findAccessibilityViolations(page)).toEqual([]);
    await page.goto(`${baseUrl}/admin/signing-keys`);
    await page.getByRole('cell').getByRole('link').first().click();
    expect(await page.locator('pre').innerText()).toContain('"kty"');
    expect(await findAccessibilityViolations(page)).toEqual([]);
  });

  test('F-G3 an event opens to all that is known of it, and leads to the rest of its request', async () => {
    const page = await open('/admin/audit');
    await expect
      .poll(
        async () => {
          await page.reload();
          return page.locator('.events summary').count();
        },
        { timeout: 30_000 },
      )
      .toBeGreaterThan(0);
    await page.locator('.events summary').first().press('Enter');
    expect(await findAccessibilityViolations(page)).toEqual([]);
    await page.getByRole('link', { name: 'The whole request' }).first().click();
    expect(new URL(page.url()).searchParams.get('trace')).not.toBeNull();
    expect(await page.locator('.events summary').count()).toBeGreaterThan(0);
  });

  test('F-D3 F-D6 a consent and a whole person are looked at and ended, each after a word of what will happen', async () => {
    const person = new Person();
    const client = await OAuthClient.register(baseUrl, { client_name: unique('Consented') });
    const { refreshToken } = await client.signIn({ person });
    const page = await open('/admin/consents');
    await page.getByLabel('Person').fill(person.name);
    await expect
      .poll(async () => {
        await page.getByRole('button', { name: 'Filter' }).click();
        return page.getByRole('link', { name: /^Revoke consent/ }).count();
      })
      .toBe(1);
    await page.getByRole('cell').getByRole('link').first().click();
    expect(await findAccessibilityViolations(page)).toEqual([]);
    await ask(page, 'Revoke consent', 'asked again');
    expect((await client.refresh(refreshToken)).body['error']).toBe('invalid_grant');

    await new Promise((resolve) => setTimeout(resolve, 1100));
    const again = await client.signIn({ person });
    await page.goto(`${baseUrl}/admin/people`);
    await page.getByRole('main').getByRole('textbox').fill(person.name);
    await page.getByRole('main').getByRole('button').first().click();
    expect(await heading(page).innerText()).toContain(person.name);
    expect(await findAccessibilityViolations(page)).toEqual([]);
    await ask(page, 'End everything of this person', 'every browser is signed out');
    expect((await client.refresh(again.refreshToken)).body['error']).toBe('invalid_grant');
  });

  test('F-D2 F-B5 a machine is registered, its secret shown once and rotated, its access ended, and it is deleted', async () => {
    const page = await open('/admin/clients/new');
    const name = unique('Machine');
    await page.getByLabel('Name', { exact: true }).fill(name);
    await page.locator('input[name=scopes]').first().check();
    await submit(page).click();
    const secret = await page.locator('#secret').inputValue();
    await page.getByRole('link', { name: 'Done' }).click();
    expect(await heading(page).innerText()).toBe(name);
    expect(await page.content()).not.toContain(secret);
    const address = page.url();

    await page.getByRole('link', { name: 'Rotate secret' }).click();
    expect(await findAccessibilityViolations(page)).toEqual([]);
    await page.getByLabel('Hours').fill('1');
    await submit(page).click();
    expect(await page.locator('#secret').inputValue()).not.toBe(secret);
    expect(await findAccessibilityViolations(page)).toEqual([]);
    await page.goto(address);
    expect(await page.getByText('Previous secret works until').isVisible()).toBe(true);
    await ask(page, 'End all access', 'for all people');
    await page.goto(address);
    await ask(page, 'Delete client', 'Quit the app first');
    expect((await page.goto(address))?.status()).toBe(404);
    expect(await findAccessibilityViolations(page)).toEqual([]);
  });

  test('F-D5 an auditor sees all and can change nothing', async () => {
    const page = await open('/admin/keys', 'auditor');
    expect(await page.getByText('Read-only').isVisible()).toBe(true);
    expect(await page.getByRole('link', { name: 'Make an API key' }).count()).toBe(0);
    const answer = await page.goto(`${baseUrl}/admin/keys/new`);
    expect(answer?.status()).toBe(403);
    expect(await findAccessibilityViolations(page)).toEqual([]);
  });

  test('F-D5 anybody else is told who they are, what helps, and where their own page is', async () => {
    const person = new Person();
    const page = await open('/admin', person.name);
    expect(await heading(page).innerText()).toBe('You are not an administrator here');
    expect(await page.getByRole('main').innerText()).toContain(person.name);
    expect(await findAccessibilityViolations(page)).toEqual([]);
    await page.getByRole('link', { name: 'Your own page' }).click();
    expect(new URL(page.url()).pathname).toMatch(/\/account$/);
  });

  test('a form or a filter that comes after signing out changes nothing and leads back', async () => {
    const page = await open('/admin/keys/new');
    const list = await page.context().newPage();
    await list.goto(`${baseUrl}/admin/sessions`);
    await page.getByLabel('Name', { exact: true }).fill('Too late');
    const other = await page.context().newPage();
    await other.goto(`${baseUrl}/admin`);
    await other.getByRole('button', { name: 'Sign out' }).click();
    await submit(page).click();
    expect(await heading(page).innerText()).toBe('Nothing was changed');
    expect(await findAccessibilityViolations(page)).toEqual([]);
    await list.getByLabel('Person').fill('somebody');
    await list.getByRole('button', { name: 'Filter' }).click();
    // Past the form-action of the page, whose form has to leave for the identity provider and come back.
    await list
      .getByRole('heading', { name: /sign in/i })
      .or(list.getByText('Nothing fits this filter'))
      .waitFor();
  });

  test('the keyboard gets past the menu by a link that skips it', async () => {
    const page = await open('/admin');
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Skip to content');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.closest('main') !== null)).toBe(true);
  });
});
