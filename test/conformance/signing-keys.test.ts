import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRemoteJWKSet, decodeProtectedHeader, jwtVerify } from 'jose';
import { afterAll, expect, inject, test } from 'vitest';
import { AdminApi } from '../rig/admin-api.ts';
import type { Gatehouse } from '../rig/gatehouse.ts';
import { startGatehouse } from '../rig/gatehouse.ts';
import { callMcp } from '../rig/mcp-call.ts';
import { OAuthClient, readTokens } from '../rig/oauth-client.ts';

// Instances remember keys for five minutes; a new start has none that do.
const state = mkdtempSync(join(tmpdir(), 'gatehouse-keys-'));
const app = inject('gatehouse').assemblyPath;
let gatehouse: Gatehouse = await startGatehouse({ app, state });
const { baseUrl } = gatehouse;
const port = Number(new URL(baseUrl).port);
const mcpUrl = gatehouse.mcpUrls['todo'] ?? '';
afterAll(async () => {
  await gatehouse.stop();
  rmSync(state, { recursive: true, force: true });
});

async function restart(): Promise<void> {
  await gatehouse.stop();
  gatehouse = await startGatehouse({ app, state, port });
}

const kidOf = (token: string) => decodeProtectedHeader(token).kid ?? '';
const statusOf = async (token: string) => (await callMcp(mcpUrl, token)).status;
const rowsOf = async (admin: AdminApi) =>
  (await admin.call('GET', '/signing-keys')).body['items'] as { kid: string; state: string }[];

test('F-D4 F-G2 an administrator rotates: the new key is published, then signs, and no token of before is lost', async () => {
  const admin = await AdminApi.signIn(baseUrl);
  const client = await OAuthClient.register(baseUrl);
  const before = await client.signIn();
  const first = kidOf(before.accessToken);

  const announced = await admin.call('POST', '/signing-keys', {});
  expect([announced.status, announced.body['state']]).toEqual([201, 'published']);
  const tooSoon = await admin.call('POST', '/signing-keys', {});
  expect([tooSoon.status, tooSoon.body['detail']]).toEqual([409, expect.stringContaining('signs from')]);
  const urgent = await admin.call('POST', '/signing-keys', { atOnce: true });
  const second = String(urgent.body['kid']);
  expect((await rowsOf(admin)).map(({ kid, state: of }) => [kid, of])).toEqual([
    [second, 'signing'],
    [announced.body['kid'], 'published'],
    [first, 'published'],
  ]);

  await restart();
  const after = readTokens(await client.refresh(before.refreshToken));
  expect(kidOf(after.accessToken)).toBe(second);
  expect(await Promise.all([before, after].map(({ accessToken }) => statusOf(accessToken)))).toEqual([200, 200]);
  const keys = createRemoteJWKSet(new URL(`${baseUrl}/.well-known/jwks.json`));
  for (const { accessToken } of [before, after]) await jwtVerify(accessToken, keys, { issuer: baseUrl });
});

test('F-D4 F-G2 retires: the key signs no more, its tokens are good until they expire', async () => {
  const admin = await AdminApi.signIn(baseUrl);
  const client = await OAuthClient.register(baseUrl);
  const { accessToken } = await client.signIn();
  const [signing, , first] = (await rowsOf(admin)).map(({ kid }) => kid);
  const retired = await admin.call('POST', `/signing-keys/${first}/retirement`, {});
  expect([retired.status, retired.body['state']]).toEqual([200, 'retired']);
  expect(Date.parse(String(retired.body['goneAt']))).toBeGreaterThan(Date.now() + 300_000);
  const last = await admin.call('POST', `/signing-keys/${signing}/retirement`, {});
  expect([last.status, last.body['detail']]).toEqual([409, expect.stringContaining('still signed with this key')]);
  await restart();
  expect(await statusOf(accessToken)).toBe(200);
});
