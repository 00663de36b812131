import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { freePort } from '../rig/client-process.ts';
import type { Gatehouse } from '../rig/gatehouse.ts';
import { startGatehouse } from '../rig/gatehouse.ts';
import { callMcp } from '../rig/mcp-call.ts';
import { OAuthClient, readTokens } from '../rig/oauth-client.ts';
import { Person } from '../rig/person.ts';

// The issuer holds the port, so a restart must come back on the same one.
const port = await freePort();
const state = mkdtempSync(join(tmpdir(), 'gatehouse-state-'));
let gatehouse: Gatehouse = await startGatehouse({ port, state });
const { baseUrl, assemblyPath: app } = gatehouse;
const mcpUrl = gatehouse.mcpUrls['todo'] ?? '';

async function killAndRestart(): Promise<void> {
  await gatehouse.kill();
  gatehouse = await startGatehouse({ app, port, state });
  expect(gatehouse.baseUrl).toBe(baseUrl);
}

afterAll(async () => {
  await gatehouse.stop();
  rmSync(state, { recursive: true, force: true });
});

test('kill -9 before the answer, before the code is used, and after a refresh loses no grant', async () => {
  const client = await OAuthClient.register(baseUrl);
  const person = new Person();
  const attempt = client.start();
  const page = await person.arrive(attempt.url);

  await killAndRestart();
  const landing = await person.answer(page, 'allow');
  expect(landing.left).toBe(true);
  const idle = await OAuthClient.register(baseUrl);
  const kept = await idle.signIn();

  await killAndRestart();
  const first = readTokens(await client.redeem(attempt, landing.url));
  expect((await callMcp(mcpUrl, first.accessToken)).status).toBe(200);
  const lostAnswer = readTokens(await client.refresh(first.refreshToken));

  await killAndRestart();
  expect((await callMcp(mcpUrl, kept.accessToken)).status).toBe(200);
  const repeated = readTokens(await client.refresh(first.refreshToken));
  expect(repeated.refreshToken).toBe(lostAnswer.refreshToken);
  expect((await client.refresh(repeated.refreshToken)).status).toBe(200);
  expect((await idle.refresh(kept.refreshToken)).status).toBe(200);
  expect((await client.redeem(attempt, landing.url)).body['error']).toBe('invalid_grant');
});

test('kill -9 in the middle of parallel refreshes loses no grant', async () => {
  const client = await OAuthClient.register(baseUrl);
  const { refreshToken } = await client.signIn();
  const inFlight = Array.from({ length: 10 }, () => client.refresh(refreshToken).catch(() => undefined));
  await Promise.race(inFlight);
  await killAndRestart();
  await Promise.all(inFlight);
  const tokens = readTokens(await client.refresh(refreshToken));
  expect((await callMcp(mcpUrl, tokens.accessToken)).status).toBe(200);
});
