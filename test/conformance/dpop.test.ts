import * as oauth from 'oauth4webapi';
import * as openid from 'openid-client';
import { decodeJwt } from 'jose';
import { describe, expect, inject, test } from 'vitest';
import { DpopKey } from '../rig/dpop-key.ts';
import { callMcp } from '../rig/mcp-call.ts';
import { defaultRedirectUri, OAuthClient, readJson } from '../rig/oauth-client.ts';
import { Person } from '../rig/person.ts';

const { baseUrl, mcpUrls } = inject('gatehouse');
const mcpUrl = mcpUrls['todo'] ?? '';
const loopback = { [oauth.allowInsecureRequests]: true } as const;

const list = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list', params: {} });
const mcpHeaders = {
  'content-type': 'application/json',
  accept: 'application/json, text/event-stream',
  'mcp-protocol-version': '2025-11-25',
};

test('X-DPOP1 X-DPOP2 the metadata of server and resource say how proofs are signed: asymmetric ways only', async () => {
  for (const path of ['/.well-known/oauth-authorization-server', '/.well-known/oauth-protected-resource/mcp']) {
    const { body } = await readJson(await fetch(`${baseUrl}${path}`));
    expect(body['dpop_signing_alg_values_supported']).toEqual(expect.arrayContaining(['ES256', 'EdDSA']));
    expect(String(body['dpop_signing_alg_values_supported'])).not.toMatch(/none|HS/);
  }
});

describe.each(['ES256', 'Ed25519', 'PS256'])('X-DPOP1 X-DPOP2 oauth4webapi with a key for %s', (algorithm) => {
  test('completes code, refresh and call; dpop_jkt binds the code', async () => {
    const issuer = new URL(baseUrl);
    const found = await oauth.discoveryRequest(issuer, { algorithm: 'oauth2', ...loopback });
    const as = await oauth.processDiscoveryResponse(issuer, found);
    const { clientId } = await OAuthClient.register(baseUrl);
    const client: oauth.Client = { client_id: clientId };
    const DPoP = oauth.DPoP(client, await oauth.generateKeyPair(algorithm));
    const verifier = oauth.generateRandomCodeVerifier();
    const url = new URL(as.authorization_endpoint ?? '');
    url.search = new URLSearchParams({
      client_id: clientId,
      redirect_uri: defaultRedirectUri,
      response_type: 'code',
      code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      dpop_jkt: await DPoP.calculateThumbprint(),
    }).toString();
    const landing = await new Person().authorize(url);
    const parameters = oauth.validateAuthResponse(as, client, landing, oauth.expectNoState);
    const redeemed = await oauth.authorizationCodeGrantRequest(
      as,
      client,
      oauth.None(),
      parameters,
      defaultRedirectUri,
      verifier,
      { DPoP, ...loopback },
    );
    const tokens = await oauth.processAuthorizationCodeResponse(as, client, redeemed);
    expect(tokens.token_type).toBe('dpop');
    expect(decodeJwt(tokens.access_token)['cnf']).toEqual({ jkt: await DPoP.calculateThumbprint() });

    const options = { DPoP, ...loopback };
    const refreshing = oauth.refreshTokenGrantRequest(as, client, oauth.None(), tokens.refresh_token ?? '', options);
    const refreshed = await oauth.processRefreshTokenResponse(as, client, await refreshing);
    const headers = new Headers(mcpHeaders);
    const target = new URL(mcpUrl);
    const answer = await oauth.protectedResourceRequest(refreshed.access_token, 'POST', target, headers, list, options);
    expect(answer.status).toBe(200);
    await expect(
      oauth.protectedResourceRequest(refreshed.access_token, 'POST', target, headers, list, loopback),
    ).rejects.toThrow();
  });
});

test('X-DPOP1 X-DPOP2 openid-client completes code, refresh and call', async () => {
  const { clientId } = await OAuthClient.register(baseUrl);
  const options: openid.DiscoveryRequestOptions = { execute: [openid.allowInsecureRequests], algorithm: 'oauth2' };
  const config = await openid.discovery(new URL(baseUrl), clientId, undefined, openid.None(), options);
  const DPoP = openid.getDPoPHandle(config, await openid.randomDPoPKeyPair());
  const pkceCodeVerifier = openid.randomPKCECodeVerifier();
  const url = openid.buildAuthorizationUrl(config, {
    redirect_uri: defaultRedirectUri,
    code_challenge: await openid.calculatePKCECodeChallenge(pkceCodeVerifier),
    code_challenge_method: 'S256',
  });
  const landing = await new Person().authorize(url);
  const tokens = await openid.authorizationCodeGrant(config, landing, { pkceCodeVerifier }, undefined, { DPoP });
  const refreshed = await openid.refreshTokenGrant(config, tokens.refresh_token ?? '', undefined, { DPoP });
  const headers = new Headers(mcpHeaders);
  const { access_token } = refreshed;
  const answer = await openid.fetchProtectedResource(config, access_token, new URL(mcpUrl), 'POST', list, headers, {
    DPoP,
  });
  expect(answer.status).toBe(200);
});

describe('what a thief of tokens gets', () => {
  async function victim() {
    const key = await DpopKey.create();
    const client = await OAuthClient.register(baseUrl);
    const attempt = client.start();
    const landing = await new Person().authorize(attempt.url);
    const body = new URLSearchParams({
      grant_type: 'authorization_code',
      client_id: client.clientId,
      code: landing.searchParams.get('code') ?? '',
      code_verifier: attempt.verifier,
    });
    const tokens = await post(body, await key.prove({ method: 'POST', url: `${baseUrl}/token` }));
    expect(tokens.body['token_type']).toBe('DPoP');
    return { key, client, access: String(tokens.body['access_token']), refresh: String(tokens.body['refresh_token']) };
  }

  async function post(body: URLSearchParams, dpop?: string) {
    const headers = dpop === undefined ? {} : { dpop };
    return await readJson(await fetch(`${baseUrl}/token`, { method: 'POST', headers, body }));
  }
  const refreshOf = (client: OAuthClient, token: string) =>
    new URLSearchParams({ grant_type: 'refresh_token', client_id: client.clientId, refresh_token: token });

  test('X-DPOP2 at the guard: 401 with the challenge, whatever he tries', async () => {
    const { key, access } = await victim();
    const stranger = await DpopKey.create();
    const call = { method: 'POST', url: mcpUrl, accessToken: access };
    const dpop = { authorization: `DPoP ${access}` };
    expect((await callMcp(mcpUrl, undefined, { headers: { ...dpop, dpop: await key.prove(call) } })).status).toBe(200);
    const attempts = [
      { authorization: `Bearer ${access}` },
      { authorization: `Bearer ${access}`, dpop: await key.prove(call) },
      dpop,
      { ...dpop, dpop: await stranger.prove(call) },
      { ...dpop, dpop: await key.prove({ ...call, method: 'GET' }) },
      { ...dpop, dpop: await key.prove({ ...call, url: `${baseUrl}/token` }) },
      { ...dpop, dpop: await key.prove({ ...call, accessToken: 'other' }) },
      { ...dpop, dpop: await key.prove({ ...call, now: Math.floor(Date.now() / 1000) - 400 }) },
      { ...dpop, dpop: `${await key.prove(call)}, ${await key.prove(call)}` },
    ];
    for (const headers of attempts) {
      const answer = await callMcp(mcpUrl, undefined, { headers });
      expect(answer.status, JSON.stringify(headers).slice(0, 60)).toBe(401);
      expect(answer.challenge).toContain('resource_metadata=');
    }
  });

  test('X-DPOP2 at the guard a bearer token gets no better by a proof', async () => {
    const { accessToken } = await (await OAuthClient.register(baseUrl)).signIn();
    const key = await DpopKey.create();
    const proof = await key.prove({ method: 'POST', url: mcpUrl, accessToken });
    const headers = { authorization: `DPoP ${accessToken}`, dpop: proof };
    expect((await callMcp(mcpUrl, undefined, { headers })).status).toBe(401);
  });

  test('X-DPOP1 at the token endpoint: a proof counts once, and the refresh token needs its key', async () => {
    const { key, client, refresh } = await victim();
    const url = `${baseUrl}/token`;
    const stranger = await DpopKey.create();
    const bare = await post(refreshOf(client, refresh));
    expect(bare).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
    const other = await post(refreshOf(client, refresh), await stranger.prove({ method: 'POST', url }));
    expect(other).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
    const proof = await key.prove({ method: 'POST', url });
    expect((await post(refreshOf(client, refresh), proof)).status).toBe(200);
    const again = await post(refreshOf(client, refresh), proof);
    expect(again).toMatchObject({ status: 400, body: { error: 'invalid_dpop_proof' } });
    const two = `${await key.prove({ method: 'POST', url })}, ${await key.prove({ method: 'POST', url })}`;
    expect((await post(refreshOf(client, refresh), two)).body['error']).toBe('invalid_dpop_proof');
  });
});

test('X-DPOP1 a browser may send proofs and read nonces', async () => {
  const headers = { origin: 'https://app.example', 'access-control-request-method': 'POST' };
  for (const url of [`${baseUrl}/token`, mcpUrl]) {
    const answer = await fetch(url, {
      method: 'OPTIONS',
      headers: { ...headers, 'access-control-request-headers': 'authorization,dpop' },
    });
    expect(answer.headers.get('access-control-allow-headers')?.toLowerCase()).toContain('dpop');
  }
  const refused = await fetch(`${baseUrl}/token`, { method: 'POST', headers, body: new URLSearchParams() });
  expect(refused.headers.get('access-control-expose-headers')).toContain('DPoP-Nonce');
});
