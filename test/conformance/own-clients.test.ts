import * as oauth from 'oauth4webapi';
import * as openid from 'openid-client';
import { afterAll, describe, expect, test } from 'vitest';
import { startGatehouse } from '../rig/gatehouse.ts';
import { callMcp } from '../rig/mcp-call.ts';
import { OAuthClient, postJson } from '../rig/oauth-client.ts';
import { Person } from '../rig/person.ts';
import { secretIn } from '../rig/secret-in.ts';

const keys = await oauth.generateKeyPair('ES256', { extractable: true });
const publicJwk = { ...(await crypto.subtle.exportKey('jwk', keys.publicKey)), kid: 'key-1' };
const { key_ops: _, ext: __, ...jwk } = publicJwk;
const gatehouse = await startGatehouse({
  app: 'test/apps/own-clients.ts',
  env: { TEST_CLIENT_KEYS: JSON.stringify({ keys: [jwk] }) },
});
afterAll(() => gatehouse.stop());
const { baseUrl, mcpUrls, statePath } = gatehouse;
const mcpUrl = mcpUrls['todo'] ?? '';
const signingKey = { key: keys.privateKey, kid: 'key-1' };
const secretOf = (clientId: string) => secretIn(statePath, `secret of the client ${clientId}`);

/** The issuer of the local stack is a loopback http URL, which OAuth 2.1 allows for development only. */
const discover = (clientId: string, authentication: openid.ClientAuth) =>
  openid.discovery(new URL(baseUrl), clientId, undefined, authentication, {
    algorithm: 'oauth2',
    execute: [openid.allowInsecureRequests],
  });

describe('F-A4 clients of the administrator sign people in', () => {
  test.each([
    ['desktop-app', () => openid.None()],
    ['portal', () => openid.ClientSecretBasic(secretOf('portal'))],
    ['portal', () => openid.ClientSecretPost(secretOf('portal'))],
    ['signing-portal', () => openid.PrivateKeyJwt(signingKey)],
  ])('%s, with openid-client', async (clientId, authentication) => {
    const config = await discover(clientId, authentication());
    const client = new OAuthClient(baseUrl, clientId);
    const attempt = client.start({ resource: mcpUrl });
    const page = await new Person().open(attempt.url);
    expect(JSON.stringify(page)).not.toContain('self-asserted');
    const landing = await new Person().authorize(attempt.url);
    const tokens = await openid.authorizationCodeGrant(config, landing, {
      pkceCodeVerifier: attempt.verifier,
      expectedState: attempt.state,
    });
    expect((await callMcp(mcpUrl, tokens.access_token)).status).toBe(200);
    const next = await openid.refreshTokenGrant(config, tokens.refresh_token ?? '');
    expect((await callMcp(mcpUrl, next.access_token)).status).toBe(200);
  });

  test('AS-40 only to their own redirect URIs', async () => {
    const client = new OAuthClient(baseUrl, 'portal');
    const page = await new Person().open(client.start({ redirect_uri: 'https://evil.example/cb' }).url);
    expect(page).toMatchObject({ left: false, status: 400 });
  });
});

describe('X-CC machines of the administrator', () => {
  test.each([
    ['nightly-job', () => openid.ClientSecretBasic(secretOf('nightly-job'))],
    ['signing-job', () => openid.PrivateKeyJwt(signingKey)],
    [
      'signing-job',
      // pain 16 What RFC 7523 told clients to send.
      () =>
        openid.PrivateKeyJwt(signingKey, {
          [openid.modifyAssertion]: (_header, body) => void (body['aud'] = `${baseUrl}/token`),
        }),
    ],
  ])('%s gets a token for itself, with its scopes', async (clientId, authentication) => {
    const config = await discover(clientId, authentication());
    const tokens = await openid.clientCredentialsGrant(config, { resource: mcpUrl });
    expect(tokens.scope).toBe('todo:read');
    expect(tokens.refresh_token).toBeUndefined();
    expect((await callMcp(mcpUrl, tokens.access_token)).status).toBe(200);
  });

  test('AS-70 a wrong secret, a wrong key, no proof: invalid_client', async () => {
    const other = await oauth.generateKeyPair('ES256');
    const wrong = [
      openid.ClientSecretBasic('wrong'),
      openid.None(),
      openid.PrivateKeyJwt({ key: other.privateKey, kid: 'key-1' }),
    ];
    for (const clientId of ['nightly-job', 'signing-job']) {
      for (const authentication of wrong) {
        const config = await discover(clientId, authentication);
        const error: unknown = await openid.clientCredentialsGrant(config).catch((thrown: unknown) => thrown);
        expect(error).toMatchObject({ error: 'invalid_client', status: 401 });
      }
    }
  });

  test('people cannot be sent to sign in for a machine', async () => {
    const page = await new Person().open(new OAuthClient(baseUrl, 'nightly-job').start().url);
    expect(page).toMatchObject({ left: false, status: 400 });
  });
});

describe('F-A4 registration with an initial access token', () => {
  const metadata = { redirect_uris: ['http://127.0.0.1/callback'], token_endpoint_auth_method: 'none' };

  test('without it, or with another, 401', async () => {
    expect(await postJson(`${baseUrl}/register`, metadata)).toMatchObject({
      status: 401,
      body: { error: 'invalid_token' },
    });
  });

  test('with it oauth4webapi registers', async () => {
    const issuer = new URL(baseUrl);
    const insecure = { [oauth.allowInsecureRequests]: true } as const;
    const found = await oauth.discoveryRequest(issuer, { algorithm: 'oauth2', ...insecure });
    const as = await oauth.processDiscoveryResponse(issuer, found);
    const initialAccessToken = secretIn(statePath, 'initial access token');
    const answer = await oauth.dynamicClientRegistrationRequest(as, metadata, { initialAccessToken, ...insecure });
    expect(await oauth.processDynamicClientRegistrationResponse(answer)).toMatchObject(metadata);
  });
});
