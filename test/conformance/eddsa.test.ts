import { createRemoteJWKSet, decodeProtectedHeader, jwtVerify } from 'jose';
import { afterAll, expect, test } from 'vitest';
import { startGatehouse } from '../rig/gatehouse.ts';
import { callMcp } from '../rig/mcp-call.ts';
import { OAuthClient, readTokens } from '../rig/oauth-client.ts';
import { openIdRound } from '../rig/openid-round.ts';
import { publishedAlgorithms } from '../rig/published-algorithms.ts';

const gatehouse = await startGatehouse({ app: 'test/apps/eddsa.ts' });
const { baseUrl } = gatehouse;
const mcpUrl = gatehouse.mcpUrls['todo'] ?? '';

afterAll(() => gatehouse.stop());

test('D4 AS-69 EdDSA by prop: jose verifies the token from JWKS, and the guard lets it through', async () => {
  const client = await OAuthClient.register(baseUrl);
  const { accessToken, refreshToken } = await client.signIn();
  expect(decodeProtectedHeader(accessToken)).toMatchObject({ alg: 'EdDSA', typ: 'at+jwt' });
  const keys = createRemoteJWKSet(new URL(`${baseUrl}/.well-known/jwks.json`));
  const checks = { issuer: baseUrl, audience: mcpUrl, typ: 'at+jwt', algorithms: ['EdDSA'] };
  expect((await jwtVerify(accessToken, keys, checks)).payload['client_id']).toBe(client.clientId);
  expect((await callMcp(mcpUrl, accessToken)).status).toBe(200);
  const refreshed = readTokens(await client.refresh(refreshToken));
  expect((await callMcp(mcpUrl, refreshed.accessToken)).status).toBe(200);
  expect(await publishedAlgorithms(baseUrl)).toEqual(['EdDSA']);
});

test('F-A8 openid-client, strict: code with PKCE, ID token and userinfo', () => openIdRound(baseUrl, 'EdDSA'));

test('D9 AS-71 with grantCacheTime 0 a token that the guard just let through is dead with the next call', async () => {
  const client = await OAuthClient.register(baseUrl);
  const { accessToken: token } = await client.signIn();
  expect((await callMcp(mcpUrl, token)).status).toBe(200);
  const body = new URLSearchParams({ token, client_id: client.clientId });
  expect((await fetch(`${baseUrl}/revoke`, { method: 'POST', body })).status).toBe(200);
  expect((await callMcp(mcpUrl, token)).status).toBe(401);
});
