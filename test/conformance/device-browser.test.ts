import type { Page } from 'playwright-core';
import { afterAll, describe, expect, inject, onTestFinished, test } from 'vitest';
import { findAccessibilityViolations, launchBrowser } from '../rig/browser.ts';
import { Terminal } from '../rig/device-flow.ts';
import { password, Person } from '../rig/person.ts';

const { baseUrl } = inject('gatehouse');
const browser = await launchBrowser();
afterAll(() => browser?.close());

/** A phone, without scripts where it is said so. */
async function phone(options: { readonly javaScriptEnabled?: boolean } = {}): Promise<Page> {
  if (!browser) throw new Error('no browser');
  const context = await browser.newContext({ viewport: { width: 360, height: 720 }, ...options });
  onTestFinished(() => context.close());
  return context.newPage();
}

async function begun() {
  const terminal = await Terminal.register(baseUrl);
  const { body } = await terminal.begin({ scope: 'todo:read todo:write' });
  const text = (name: string) => String(body[name]);
  return {
    terminal,
    deviceCode: text('device_code'),
    userCode: text('user_code'),
    complete: text('verification_uri_complete'),
  };
}

async function signIn(page: Page): Promise<void> {
  await page.locator('input[type=password]').fill(password);
  await page.getByRole('textbox').first().fill(new Person().name);
  await page.locator('button[type=submit], button:not([type]), input[type=submit]').first().click();
}

const button = (page: Page, name: RegExp) => page.getByRole('button', { name });

describe.skipIf(!browser)('a person with a phone (skipped: no Chromium starts here)', () => {
  test.each([true, false])('RFC 8628 enters the code, signs in, allows; scripts run: %s', async (javaScriptEnabled) => {
    const page = await phone({ javaScriptEnabled });
    const { terminal, deviceCode, userCode } = await begun();
    const complaints: string[] = [];
    page.on('console', (message) => complaints.push(message.text()));
    await page.goto(`${baseUrl}/device`);
    await page.getByLabel('Code').fill(userCode.toLowerCase());
    await button(page, /continue/i).click();
    // The page between goes on by itself.
    await page.locator('input[type=password]').waitFor();
    await signIn(page);
    await button(page, /allow/i).waitFor();
    expect(await page.locator('body').innerText()).toContain('Is it your own device?');
    await button(page, /allow/i).click();
    await page.getByRole('heading', { name: 'Your device is connected' }).waitFor();
    expect((await terminal.poll(deviceCode)).status).toBe(200);
    expect(complaints.filter((text) => /content security policy/i.test(text))).toEqual([]);
  });

  test('RFC 8628 §3.3.1 the complete address asks the person to compare, and goes on by the keyboard', async () => {
    const page = await phone();
    const { terminal, deviceCode, userCode, complete } = await begun();
    await page.goto(complete);
    expect(await page.getByLabel('Code').inputValue()).toBe(userCode);
    expect((await terminal.poll(deviceCode)).body['error']).toBe('authorization_pending');
    await page.getByLabel('Code').press('Enter');
    await page.locator('input[type=password]').waitFor();
  });

  test('the field suits a phone: capitals, no corrections, large enough that nothing zooms', async () => {
    const page = await phone();
    await page.goto(`${baseUrl}/device`);
    const field = page.getByLabel('Code');
    expect(await field.getAttribute('autocapitalize')).toBe('characters');
    expect(await field.getAttribute('autocomplete')).toBe('off');
    expect(await field.getAttribute('spellcheck')).toBe('false');
    const size = await field.evaluate((element) => parseFloat(getComputedStyle(element).fontSize));
    expect(size).toBeGreaterThanOrEqual(16);
    const box = await button(page, /continue/i).boundingBox();
    expect(box?.height).toBeGreaterThanOrEqual(44);
  });

  test('axe finds no violation on any page of the way, in light, in dark, on a phone', async () => {
    const page = await phone();
    const { complete } = await begun();
    const holds = async () => expect(await findAccessibilityViolations(page)).toEqual([]);
    await page.goto(`${baseUrl}/device`);
    await holds();
    await page.getByLabel('Code').fill('BBBB-BBBB');
    await button(page, /continue/i).click();
    await page.getByRole('alert').waitFor();
    await holds();
    await page.goto(complete);
    await holds();
    await button(page, /continue/i).click();
    await page.locator('input[type=password]').waitFor();
    await signIn(page);
    await button(page, /allow/i).waitFor();
    await holds();
    await button(page, /cancel/i).click();
    await page.getByRole('heading', { name: 'Nothing was allowed' }).waitFor();
    await holds();
  });
});
