import { expect, inject, test } from 'vitest';
import { callMcp } from '../rig/mcp-call.ts';
import { OAuthClient, readTokens } from '../rig/oauth-client.ts';

const { baseUrl, mcpUrls } = inject('gatehouse');
const mcpUrl = mcpUrls['todo'] ?? '';

/** Default of `lifetimes.grantCache`, and a little for the machine. */
const bound = { timeout: 75_000, interval: 2000 };

test('D9 a token that the guard has just let through is dead within the bound once its family ended', async () => {
  const client = await OAuthClient.register(baseUrl);
  const first = await client.signIn();
  const second = readTokens(await client.refresh(first.refreshToken));
  const third = readTokens(await client.refresh(second.refreshToken));
  expect((await callMcp(mcpUrl, third.accessToken)).status).toBe(200);
  expect((await client.refresh(first.refreshToken)).body['error']).toBe('invalid_grant');
  await expect.poll(async () => (await callMcp(mcpUrl, third.accessToken)).status, bound).toBe(401);
});
