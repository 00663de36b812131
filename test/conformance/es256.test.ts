import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRemoteJWKSet, decodeProtectedHeader, jwtVerify } from 'jose';
import * as oauth from 'oauth4webapi';
import * as openid from 'openid-client';
import { afterAll, expect, inject, test } from 'vitest';
import type { Gatehouse } from '../rig/gatehouse.ts';
import { startGatehouse } from '../rig/gatehouse.ts';
import { callMcp } from '../rig/mcp-call.ts';
import { defaultRedirectUri, OAuthClient, readTokens } from '../rig/oauth-client.ts';
import { Person } from '../rig/person.ts';
import { openIdRound } from '../rig/openid-round.ts';
import { publishedAlgorithms } from '../rig/published-algorithms.ts';

/** One state under three deployments: RS256, then ES256 (with nonces), then RS256 again. */
const state = mkdtempSync(join(tmpdir(), 'gatehouse-algorithms-'));
const { assemblyPath } = inject('gatehouse');
let gatehouse: Gatehouse = await startGatehouse({ app: assemblyPath, state });
// The issuer has the port, and tokens name the issuer.
const { baseUrl } = gatehouse;
const port = Number(new URL(baseUrl).port);
const mcpUrl = gatehouse.mcpUrls['todo'] ?? '';

afterAll(async () => {
  await gatehouse.stop();
  rmSync(state, { recursive: true, force: true });
});

async function deploy(app: string): Promise<void> {
  await gatehouse.stop();
  gatehouse = await startGatehouse({ state, port, app });
}

const algorithmOf = (token: string) => decodeProtectedHeader(token).alg;
const statusOf = async (token: string) => (await callMcp(mcpUrl, token)).status;

const client = await OAuthClient.register(baseUrl);
const first = await client.signIn();
let second: typeof first;

test('D4 changing signingAlgorithm over existing state: both keys are published, the newest signs', async () => {
  expect(algorithmOf(first.accessToken)).toBe('RS256');
  await deploy('test/apps/es256.ts');
  expect(await publishedAlgorithms(baseUrl)).toEqual(['ES256', 'RS256']);
  // Nobody is logged out: the old token is good, and the old refresh token gives a new kind of access token.
  expect(await statusOf(first.accessToken)).toBe(200);
  second = readTokens(await client.refresh(first.refreshToken));
  expect(algorithmOf(second.accessToken)).toBe('ES256');
  expect(await statusOf(second.accessToken)).toBe(200);
});

test('AS-69 jose verifies tokens of both algorithms from JWKS', async () => {
  const keys = createRemoteJWKSet(new URL(`${baseUrl}/.well-known/jwks.json`));
  for (const { accessToken } of [first, second]) {
    const { payload } = await jwtVerify(accessToken, keys, { issuer: baseUrl, audience: mcpUrl, typ: 'at+jwt' });
    expect(payload['client_id']).toBe(client.clientId);
  }
});

test('F-A8 openid-client, strict: code with PKCE, ID token and userinfo', () => openIdRound(baseUrl, 'ES256'));

test('X-DPOP1 with dpopNonce openid-client repeats the request with the nonce, then needs no repeat', async () => {
  const own = await OAuthClient.register(baseUrl);
  const options: openid.DiscoveryRequestOptions = { execute: [openid.allowInsecureRequests], algorithm: 'oauth2' };
  const config = await openid.discovery(new URL(baseUrl), own.clientId, undefined, openid.None(), options);
  const DPoP = openid.getDPoPHandle(config, await openid.randomDPoPKeyPair());
  const statuses: number[] = [];
  config[openid.customFetch] = async (url, init) => {
    const answer = await fetch(url, init as RequestInit);
    statuses.push(answer.status);
    return answer;
  };
  const pkceCodeVerifier = openid.randomPKCECodeVerifier();
  const url = openid.buildAuthorizationUrl(config, {
    redirect_uri: defaultRedirectUri,
    code_challenge: await openid.calculatePKCECodeChallenge(pkceCodeVerifier),
    code_challenge_method: 'S256',
  });
  const landing = await new Person().authorize(url);
  const tokens = await openid.authorizationCodeGrant(config, landing, { pkceCodeVerifier }, undefined, { DPoP });
  await openid.refreshTokenGrant(config, tokens.refresh_token ?? '', undefined, { DPoP });
  expect(statuses).toEqual([400, 200, 200]);
});

test('X-DPOP1 use_dpop_nonce is a 400 that carries the nonce, and nothing is spent', async () => {
  const issuer = new URL(baseUrl);
  const loopback = { [oauth.allowInsecureRequests]: true } as const;
  const found = await oauth.discoveryRequest(issuer, { algorithm: 'oauth2', ...loopback });
  const as = await oauth.processDiscoveryResponse(issuer, found);
  const bound: oauth.Client = { client_id: client.clientId };
  const DPoP = oauth.DPoP(bound, await oauth.generateKeyPair('ES256'));
  const ask = () => oauth.refreshTokenGrantRequest(as, bound, oauth.None(), second.refreshToken, { DPoP, ...loopback });
  const answer = await ask();
  expect(answer.status).toBe(400);
  expect(answer.headers.get('dpop-nonce')).toMatch(/^[\w-]{22}$/);
  const error: unknown = await oauth.processRefreshTokenResponse(as, bound, answer).catch((thrown: unknown) => thrown);
  expect(oauth.isDPoPNonceError(error)).toBe(true);
  const tokens = await oauth.processRefreshTokenResponse(as, bound, await ask());
  expect(tokens.token_type).toBe('dpop');
  // A client without DPoP notices nothing of the prop.
  expect(await (await OAuthClient.register(baseUrl)).signIn()).toHaveProperty('accessToken');
});

test('D4 changing it back: the first key signs again, and no token of the time between is lost', async () => {
  await deploy(assemblyPath);
  expect(await publishedAlgorithms(baseUrl)).toEqual(['ES256', 'RS256']);
  const third = await (await OAuthClient.register(baseUrl)).signIn();
  expect(algorithmOf(third.accessToken)).toBe('RS256');
  for (const { accessToken } of [first, second, third]) expect(await statusOf(accessToken)).toBe(200);
});
