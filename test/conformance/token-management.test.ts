import * as oauth from 'oauth4webapi';
import { decodeJwt } from 'jose';
import { describe, expect, inject, test } from 'vitest';
import { callMcp } from '../rig/mcp-call.ts';
import { OAuthClient, readTokens } from '../rig/oauth-client.ts';
import { Person } from '../rig/person.ts';

const { baseUrl, mcpUrls } = inject('gatehouse');
const mcpUrl = mcpUrls['todo'] ?? '';
const loopback = { [oauth.allowInsecureRequests]: true } as const;

async function discover(): Promise<oauth.AuthorizationServer> {
  const issuer = new URL(baseUrl);
  const answer = await oauth.discoveryRequest(issuer, { algorithm: 'oauth2', ...loopback });
  return await oauth.processDiscoveryResponse(issuer, answer);
}

/** A confidential client that a person let in. */
async function confidential() {
  const as = await discover();
  const metadata = {
    client_name: `Manager ${crypto.randomUUID()}`,
    redirect_uris: ['http://127.0.0.1:9/callback'],
    token_endpoint_auth_method: 'client_secret_basic',
  };
  const registering = await oauth.dynamicClientRegistrationRequest(as, metadata, loopback);
  const client = await oauth.processDynamicClientRegistrationResponse(registering);
  const secret = typeof client.client_secret === 'string' ? client.client_secret : '';
  const raw = new OAuthClient(baseUrl, client.client_id);
  const attempt = raw.start();
  const landing = await new Person().authorize(attempt.url);
  const tokens = readTokens(await raw.redeem(attempt, landing, { client_secret: secret }));
  return { as, client, authentication: oauth.ClientSecretBasic(secret), secret, tokens };
}

const post = (path: string, parameters: Record<string, string>) =>
  fetch(`${baseUrl}${path}`, { method: 'POST', body: new URLSearchParams(parameters) });

describe('AS-71 revocation', () => {
  test.each(['accessToken', 'refreshToken'] as const)(
    'oauth4webapi revokes by %s, and the family is dead',
    async (kind) => {
      const { as, client, authentication, tokens, secret } = await confidential();
      const answer = await oauth.revocationRequest(as, client, authentication, tokens[kind], loopback);
      expect(await oauth.processRevocationResponse(answer)).toBeUndefined();
      expect(answer.status).toBe(200);
      const raw = new OAuthClient(baseUrl, client.client_id);
      const refreshed = await raw.refresh(tokens.refreshToken, { client_secret: secret });
      expect(refreshed.body['error']).toBe('invalid_grant');
      // The guard has not seen this grant before, so no cache of it has to end first (D9).
      expect((await callMcp(mcpUrl, tokens.accessToken)).status).toBe(401);
    },
  );

  test('a public client revokes its own by naming itself', async () => {
    const client = await OAuthClient.register(baseUrl);
    const { refreshToken } = await client.signIn();
    const answer = await post('/revoke', { token: refreshToken, client_id: client.clientId });
    expect(answer.status).toBe(200);
    expect(await answer.text()).toBe('');
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect((await client.refresh(refreshToken)).body['error']).toBe('invalid_grant');
  });

  test('another client gets the same 200, and nothing happens', async () => {
    const client = await OAuthClient.register(baseUrl);
    const { refreshToken, accessToken } = await client.signIn();
    const other = await OAuthClient.register(baseUrl);
    for (const token of [refreshToken, accessToken, 'nobody-issued-this']) {
      expect((await post('/revoke', { token, client_id: other.clientId })).status).toBe(200);
    }
    expect((await callMcp(mcpUrl, accessToken)).status).toBe(200);
    expect((await client.refresh(refreshToken)).status).toBe(200);
  });

  test('a wrong secret is 401, GET is 405, and a browser may call', async () => {
    const { client, tokens } = await confidential();
    const wrong = { token: tokens.refreshToken, client_id: client.client_id, client_secret: 'wrong' };
    const answer = await post('/revoke', wrong);
    expect(answer.status).toBe(401);
    expect(answer.headers.get('access-control-allow-origin')).toBe('*');
    expect((await fetch(`${baseUrl}/revoke`)).status).toBe(405);
    const preflight = await fetch(`${baseUrl}/revoke`, { method: 'OPTIONS' });
    expect(preflight.headers.get('access-control-allow-methods')).toContain('POST');
  });
});

describe('AS-72 introspection', () => {
  test('oauth4webapi reads what a token is, until it is revoked', async () => {
    const { as, client, authentication, tokens } = await confidential();
    const ask = async (token: string) => {
      const answer = await oauth.introspectionRequest(as, client, authentication, token, loopback);
      expect(answer.headers.get('cache-control')).toBe('no-store');
      return await oauth.processIntrospectionResponse(as, client, answer);
    };
    const { sub, exp, jti } = decodeJwt(tokens.accessToken);
    const expected = { active: true, iss: baseUrl, aud: mcpUrl, client_id: client.client_id, sub, exp, jti };
    expect(await ask(tokens.accessToken)).toMatchObject(expected);
    expect(await ask(tokens.refreshToken)).toMatchObject({ active: true, sub });
    await oauth.revocationRequest(as, client, authentication, tokens.refreshToken, loopback);
    expect(await ask(tokens.accessToken)).toEqual({ active: false });
    expect(await ask(tokens.refreshToken)).toEqual({ active: false });
  });

  test('what is unknown or of another client is exactly {"active":false}', async () => {
    const { client, secret } = await confidential();
    const { accessToken, refreshToken } = await (await OAuthClient.register(baseUrl)).signIn();
    for (const token of [accessToken, refreshToken, 'nobody-issued-this', `${accessToken}x`]) {
      const answer = await post('/introspect', { token, client_id: client.client_id, client_secret: secret });
      expect(answer.status).toBe(200);
      expect(await answer.text()).toBe('{"active":false}');
    }
  });

  test('who does not authenticate is 401', async () => {
    const client = await OAuthClient.register(baseUrl);
    const { accessToken: token } = await client.signIn();
    const attempts: Record<string, string>[] = [
      { token },
      { token, client_id: client.clientId },
      { token, client_id: client.clientId, client_secret: 'x' },
    ];
    for (const attempt of attempts) {
      const answer = await post('/introspect', attempt);
      expect(answer.status).toBe(401);
      expect(await answer.json()).toMatchObject({ error: 'invalid_client' });
    }
  });
});
