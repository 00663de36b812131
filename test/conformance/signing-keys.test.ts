import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { createRemoteJWKSet, decodeProtectedHeader, jwtVerify } from 'jose';
import { afterAll, expect, inject, test } from 'vitest';
import { AdminApi } from '../rig/admin-api.ts';
import { findAccessibilityViolations, launchBrowser } from '../rig/browser.ts';
import type { Gatehouse } from '../rig/gatehouse.ts';
import { startGatehouse } from '../rig/gatehouse.ts';
import { callMcp } from '../rig/mcp-call.ts';
import { OAuthClient, readTokens } from '../rig/oauth-client.ts';
import { password } from '../rig/person.ts';

// Instances remember keys for five minutes; a new start has none that do.
const state = mkdtempSync(join(tmpdir(), 'gatehouse-keys-'));
const app = inject('gatehouse').assemblyPath;
let gatehouse: Gatehouse = await startGatehouse({ app, state });
const { baseUrl } = gatehouse;
const port = Number(new URL(baseUrl).port);
const mcpUrl = gatehouse.mcpUrls['todo'] ?? '';
const browser = await launchBrowser();
afterAll(async () => {
  await browser?.close();
  await gatehouse.stop();
  rmSync(state, { recursive: true, force: true });
});

async function restart(): Promise<void> {
  await gatehouse.stop();
  gatehouse = await startGatehouse({ app, state, port });
}

const kidOf = (token: string) => decodeProtectedHeader(token).kid ?? '';
const statusOf = async (token: string) => (await callMcp(mcpUrl, token)).status;
/** State by key id: which of two keys of the same second stands first is left open. */
async function statesOf(admin: AdminApi): Promise<Record<string, string>> {
  const rows = (await admin.call('GET', '/signing-keys')).body['items'] as { kid: string; state: string }[];
  return Object.fromEntries(rows.map(({ kid, state: of }) => [kid, of]));
}
let first = '';
let second = '';
let announced = '';

/** The page of signing keys, as `admin` who just signed in. */
async function openPage(javaScriptEnabled = true): Promise<Page> {
  const page = await browser!.newPage({ javaScriptEnabled });
  await page.goto(`${baseUrl}/admin/signing-keys`);
  await page.locator('input[type=password]').fill(password);
  await page.getByRole('textbox').first().fill('admin');
  await page.locator('button[type=submit], button:not([type]), input[type=submit]').first().click();
  await page.waitForURL(`${baseUrl}/admin/signing-keys`);
  return page;
}

test('F-D4 F-G2 an administrator rotates: the new key is published, then signs, and no token of before is lost', async () => {
  const admin = await AdminApi.signIn(baseUrl);
  const client = await OAuthClient.register(baseUrl);
  const before = await client.signIn();
  first = kidOf(before.accessToken);

  const waiting = await admin.call('POST', '/signing-keys', {});
  expect([waiting.status, waiting.body['state']]).toEqual([201, 'published']);
  announced = String(waiting.body['kid']);
  const tooSoon = await admin.call('POST', '/signing-keys', {});
  expect([tooSoon.status, tooSoon.body['detail']]).toEqual([409, expect.stringContaining('signs from')]);
  const urgent = await admin.call('POST', '/signing-keys', { atOnce: true });
  second = String(urgent.body['kid']);
  expect(await statesOf(admin)).toEqual({
    [second]: 'signing',
    [announced]: 'published',
    [first]: 'published',
  });

  await restart();
  const after = readTokens(await client.refresh(before.refreshToken));
  expect(kidOf(after.accessToken)).toBe(second);
  expect(await Promise.all([before, after].map(({ accessToken }) => statusOf(accessToken)))).toEqual([200, 200]);
  const keys = createRemoteJWKSet(new URL(`${baseUrl}/.well-known/jwks.json`));
  for (const { accessToken } of [before, after]) await jwtVerify(accessToken, keys, { issuer: baseUrl });
});

test('F-D4 F-G2 retires: a key that did not begin, never the one that must sign', async () => {
  const admin = await AdminApi.signIn(baseUrl);
  const client = await OAuthClient.register(baseUrl);
  const { accessToken } = await client.signIn();
  for (const kid of [first, second]) {
    const refused = await admin.call('POST', `/signing-keys/${kid}/retirement`, {});
    expect([refused.status, refused.body['detail']]).toEqual([409, expect.stringContaining('Retire it from')]);
  }
  const retired = await admin.call('POST', `/signing-keys/${announced}/retirement`, {});
  expect([retired.status, retired.body['state']]).toEqual([200, 'retired']);
  expect(await statesOf(admin)).toMatchObject({ [announced]: 'retired', [second]: 'signing' });
  await restart();
  expect(await statusOf(accessToken)).toBe(200);
});

test.skipIf(!browser)('F-D4 rotated and retired in the console, without JavaScript', async () => {
  const page = await openPage(false);
  const main = page.getByRole('main');
  const rotate = async () => {
    await main.getByRole('link', { name: 'Rotate now' }).click();
    await main.getByRole('button', { name: 'Rotate now' }).click();
  };
  await rotate();
  await main.getByRole('heading', { name: 'Your new signing key' }).waitFor();
  const row = await main.getByRole('link', { name: 'Done' }).getAttribute('href');
  await main.getByRole('link', { name: 'All signing keys' }).click();
  await rotate();
  expect(await main.getByRole('alert').innerText()).toContain('A new key is published already');
  await page.goto(new URL(row ?? '', baseUrl).href);
  await main.getByRole('link', { name: 'Retire key' }).click();
  expect(await main.innerText()).toContain('It can never sign again.');
  await main.getByRole('button', { name: 'Retire key' }).click();
  expect(await main.getByRole('status').innerText()).toContain('was retired');
  expect(await main.innerText()).toContain('Retired');
});

test.skipIf(!browser)('F-D4 the pages of signing keys are accessible in light, in dark and on a phone', async () => {
  const page = await openPage();
  expect(await findAccessibilityViolations(page)).toEqual([]);
  await page.getByRole('link', { name: 'Rotate now' }).click();
  expect(await findAccessibilityViolations(page)).toEqual([]);
});
