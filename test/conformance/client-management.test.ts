import * as oauth from 'oauth4webapi';
import { describe, expect, inject, test } from 'vitest';
import type { JsonAnswer } from '../rig/oauth-client.ts';
import { OAuthClient, postJson, readJson } from '../rig/oauth-client.ts';
import { Person } from '../rig/person.ts';

const { baseUrl } = inject('gatehouse');
const redirectUri = 'http://127.0.0.1:9/callback';
const loopback = { [oauth.allowInsecureRequests]: true } as const;
const base = { client_name: 'Managed', redirect_uris: [redirectUri] };

interface Managed {
  readonly client_id: string;
  readonly client_secret?: string;
  readonly registration_access_token: string;
  readonly registration_client_uri: string;
}

async function register(metadata: object = base): Promise<Managed> {
  const answer = await postJson(`${baseUrl}/register`, metadata);
  expect(answer.status).toBe(201);
  return answer.body as unknown as Managed;
}

async function manage(client: Managed, method: string, token: string | undefined, body?: object): Promise<JsonAnswer> {
  const headers = { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) };
  const init = { method, headers, ...(body && { body: JSON.stringify(body) }) };
  return readJson(await fetch(client.registration_client_uri, init));
}

describe('AS-34 a confidential client manages its registration over the wire', () => {
  test('reads it, replaces it, deletes it', async () => {
    const client = await register();
    const { registration_access_token: token, client_id } = client;
    expect(client.registration_client_uri).toBe(`${baseUrl}/register/${client_id}`);
    expect(await manage(client, 'GET', token)).toMatchObject({ status: 200, body: { ...base, client_id } });
    const next = { ...base, client_id, redirect_uris: ['https://new.example/cb'] };
    expect(await manage(client, 'PUT', token, next)).toMatchObject({ status: 200, body: next });
    const gone = await fetch(client.registration_client_uri, {
      method: 'DELETE',
      headers: { authorization: `Bearer ${token}` },
    });
    expect([gone.status, await gone.text()]).toEqual([204, '']);
    expect((await manage(client, 'GET', token)).status).toBe(401);
    const page = await new Person().open(new OAuthClient(baseUrl, client_id).start().url);
    expect(page).toMatchObject({ left: false, status: 400 });
    const answer = await new OAuthClient(baseUrl, client_id).token({
      grant_type: 'refresh_token',
      refresh_token: 'any',
      client_id,
      client_secret: client.client_secret,
    });
    expect(answer).toMatchObject({ status: 401, body: { error: 'invalid_client' } });
  });

  test.each(['GET', 'PUT', 'DELETE'])(
    '%s by somebody else is 401, the same for a client that is not there',
    async (method) => {
      const [client, other] = [await register(), await register()];
      const nobody = { ...client, registration_client_uri: `${baseUrl}/register/nobody` };
      const token = other.registration_access_token;
      const answers = await Promise.all([
        manage(client, method, token, method === 'GET' ? undefined : base),
        manage(nobody, method, token, method === 'GET' ? undefined : base),
      ]);
      for (const { status, body } of answers) expect([status, body]).toEqual([401, answers[0]?.body]);
      expect(answers[0]?.body).toMatchObject({ error: 'invalid_token' });
      expect((await manage(client, 'GET', client.registration_access_token)).status).toBe(200);
    },
  );

  test('other verbs are 405 with Allow, and browsers may ask', async () => {
    const client = await register();
    const answer = await fetch(client.registration_client_uri, { method: 'PATCH' });
    expect(answer.status).toBe(405);
    expect(answer.headers.get('allow')).toBe('GET, HEAD, PUT, DELETE');
    const preflight = await fetch(client.registration_client_uri, {
      method: 'OPTIONS',
      headers: { origin: 'https://app.example', 'access-control-request-method': 'PUT' },
    });
    expect(preflight.ok).toBe(true);
    expect(preflight.headers.get('access-control-allow-methods')).toContain('PUT');
  });
});

describe('AS-70 a client that registers its keys, by oauth4webapi', async () => {
  const issuer = new URL(baseUrl);
  const as = await oauth.processDiscoveryResponse(
    issuer,
    await oauth.discoveryRequest(issuer, { algorithm: 'oauth2', ...loopback }),
  );

  const made = async (algorithm: string) => {
    const { publicKey, privateKey } = await oauth.generateKeyPair(algorithm, { extractable: true });
    const { kty, crv, x, y, n, e } = await crypto.subtle.exportKey('jwk', publicKey);
    const jwk = Object.fromEntries(
      Object.entries({ kty, crv, x, y, n, e, kid: 'a' }).filter(([, v]) => v !== undefined),
    );
    const metadata = { ...base, token_endpoint_auth_method: 'private_key_jwt', jwks: { keys: [jwk] } };
    const answer = await oauth.dynamicClientRegistrationRequest(as, metadata, loopback);
    const client = await oauth.processDynamicClientRegistrationResponse(answer);
    expect(client.client_secret).toBeUndefined();
    return { client, key: { key: privateKey, kid: 'a' } };
  };

  async function redeem(client: oauth.Client, authentication: oauth.ClientAuth) {
    const raw = new OAuthClient(baseUrl, client.client_id);
    const attempt = raw.start();
    const landing = await new Person().authorize(attempt.url);
    const parameters = oauth.validateAuthResponse(as, client, landing, attempt.state);
    const answer = await oauth.authorizationCodeGrantRequest(
      as,
      client,
      authentication,
      parameters,
      redirectUri,
      attempt.verifier,
      loopback,
    );
    return oauth.processAuthorizationCodeResponse(as, client, answer);
  }

  test('the metadata name the algorithms', () => {
    expect(as.token_endpoint_auth_methods_supported).toContain('private_key_jwt');
    expect(as.token_endpoint_auth_signing_alg_values_supported).toEqual(['RS256', 'PS256', 'ES256', 'EdDSA']);
  });

  test.each(['RS256', 'PS256', 'ES256'])('%s', async (algorithm) => {
    const { client, key } = await made(algorithm);
    const tokens = await redeem(client, oauth.PrivateKeyJwt(key));
    expect(tokens.refresh_token).toBeDefined();
    const answer = await oauth.refreshTokenGrantRequest(
      as,
      client,
      oauth.PrivateKeyJwt(key),
      tokens.refresh_token ?? '',
      loopback,
    );
    expect(await oauth.processRefreshTokenResponse(as, client, answer)).toHaveProperty('access_token');
  });

  test('an assertion is good for one use: of twenty at once one is believed', async () => {
    const { client, key } = await made('ES256');
    let assertion = '';
    await oauth.refreshTokenGrantRequest(as, client, oauth.PrivateKeyJwt(key), 'none', {
      ...loopback,
      // Kept here instead of sent.
      [oauth.customFetch]: (_url, { body }) => {
        assertion = body.get('client_assertion') ?? '';
        return Promise.resolve(new Response());
      },
    });
    const use = () =>
      new OAuthClient(baseUrl, client.client_id).token({
        grant_type: 'refresh_token',
        refresh_token: 'none',
        client_assertion: assertion,
        client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      });
    const errors = (await Promise.all(Array.from({ length: 20 }, use))).map(({ body }) => body['error']);
    // The client was believed; its refresh token was not.
    expect(errors.filter((error) => error === 'invalid_grant')).toHaveLength(1);
    expect(errors.filter((error) => error === 'invalid_client')).toHaveLength(19);
  });

  test('AS-29 pain 17 it is refused by its name alone', async () => {
    const { client } = await made('ES256');
    await expect(redeem(client, oauth.None())).rejects.toMatchObject({ error: 'invalid_client' });
  });
});
