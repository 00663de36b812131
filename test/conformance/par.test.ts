import { createHash } from 'node:crypto';
import * as oauth from 'oauth4webapi';
import { describe, expect, inject, test } from 'vitest';
import type { JsonAnswer, Parameters } from '../rig/oauth-client.ts';
import { OAuthClient, defaultRedirectUri, readJson } from '../rig/oauth-client.ts';
import { Person } from '../rig/person.ts';

const { baseUrl, mcpUrls } = inject('gatehouse');
const issuer = new URL(baseUrl);
const resource = mcpUrls['todo'] ?? '';
const loopback = { [oauth.allowInsecureRequests]: true } as const;

test.each(['none', 'client_secret_basic', 'client_secret_post'] as const)(
  'AS-53 oauth4webapi pushes a request and completes the flow, authenticated by %s',
  async (method) => {
    const discovered = await oauth.discoveryRequest(issuer, { algorithm: 'oauth2', ...loopback });
    const as = await oauth.processDiscoveryResponse(issuer, discovered);
    expect(as).toMatchObject({
      pushed_authorization_request_endpoint: `${baseUrl}/par`,
      require_pushed_authorization_requests: false,
    });
    const metadata = {
      client_name: `PAR ${method}`,
      redirect_uris: [defaultRedirectUri],
      token_endpoint_auth_method: method,
    };
    const registration = await oauth.dynamicClientRegistrationRequest(as, metadata, loopback);
    const client = await oauth.processDynamicClientRegistrationResponse(registration);
    const secret = typeof client.client_secret === 'string' ? client.client_secret : '';
    const ways = {
      none: () => oauth.None(),
      client_secret_basic: () => oauth.ClientSecretBasic(secret),
      client_secret_post: () => oauth.ClientSecretPost(secret),
    };
    const authentication = ways[method]();
    const verifier = oauth.generateRandomCodeVerifier();
    const state = oauth.generateRandomState();
    const parameters = {
      response_type: 'code',
      redirect_uri: defaultRedirectUri,
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
      code_challenge_method: 'S256',
      state,
      resource,
    };
    const answer = await oauth.pushedAuthorizationRequest(as, client, authentication, parameters, loopback);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    const pushed = await oauth.processPushedAuthorizationResponse(as, client, answer);
    expect(pushed.expires_in).toBeGreaterThanOrEqual(60);

    const url = new URL(as.authorization_endpoint ?? '');
    url.search = new URLSearchParams({ client_id: client.client_id, request_uri: pushed.request_uri }).toString();
    const landing = await new Person().awaitedAt(defaultRedirectUri).authorize(url);
    const validated = oauth.validateAuthResponse(as, client, landing, state);
    const grant = oauth.authorizationCodeGrantRequest;
    const redeemed = await grant(as, client, authentication, validated, defaultRedirectUri, verifier, loopback);
    expect((await oauth.processAuthorizationCodeResponse(as, client, redeemed)).access_token).toBeTruthy();
  },
);

async function push(client: OAuthClient, parameters: Parameters = {}): Promise<JsonAnswer> {
  const { searchParams: body } = client.start(parameters).url;
  return readJson(await fetch(`${baseUrl}/par`, { method: 'POST', body }));
}

function pushedUrl(client: OAuthClient, answer: JsonAnswer, more: Record<string, string> = {}): URL {
  const url = new URL(`${baseUrl}/authorize`);
  const request_uri = String(answer.body['request_uri']);
  url.search = new URLSearchParams({ client_id: client.clientId, request_uri, ...more }).toString();
  return url;
}

describe('AS-53 a pushed request', () => {
  test.each([
    ['redirect_uri', { redirect_uri: 'https://evil.example/cb' }, 'invalid_request'],
    ['request_uri', { request_uri: 'urn:ietf:params:oauth:request_uri:x' }, 'invalid_request'],
    ['request', { request: 'e30.e30.' }, 'request_not_supported'],
    ['code_challenge', { code_challenge: undefined }, 'invalid_request'],
    ['client_id', { client_id: 'nobody' }, 'invalid_client'],
  ])('with a wrong %s is refused in JSON', async (_name, parameters, error) => {
    const answer = await push(await OAuthClient.register(baseUrl), parameters);
    expect(answer.body).toMatchObject({ error, error_uri: `${baseUrl}/errors/${error}` });
    expect(answer.status).toBe(error === 'invalid_client' ? 401 : 400);
  });

  test('is open to scripts of any origin, by preflight too (pain 24)', async () => {
    const headers = { origin: 'http://localhost:6274', 'access-control-request-method': 'POST' };
    const preflight = await fetch(`${baseUrl}/par`, { method: 'OPTIONS', headers });
    expect([200, 204]).toContain(preflight.status);
    expect(preflight.headers.get('access-control-allow-origin')).toBe('*');
  });

  test('AS-41 used by another client ends on a page, and its owner can go on', async () => {
    const [owner, thief] = [await OAuthClient.register(baseUrl), await OAuthClient.register(baseUrl)];
    const answer = await push(owner);
    const page = await new Person().open(pushedUrl(thief, answer, { redirect_uri: defaultRedirectUri }));
    expect([page.status, page.left]).toEqual([400, false]);
    const landing = await new Person().awaitedAt(defaultRedirectUri).authorize(pushedUrl(owner, answer));
    expect(landing.searchParams.has('code')).toBe(true);
  });

  test('used a second time ends on a page that says what to do', async () => {
    const client = await OAuthClient.register(baseUrl);
    const url = pushedUrl(client, await push(client));
    await new Person().awaitedAt(defaultRedirectUri).authorize(url);
    const page = await new Person().open(url);
    expect([page.status, page.left]).toEqual([400, false]);
    expect(page.body).toContain('This link is over');
  });

  test('of 20 parallel uses in a browser that is signed in, one gives a code', async () => {
    const client = await OAuthClient.register(baseUrl);
    const person = new Person().awaitedAt(defaultRedirectUri);
    await person.authorize(client.start().url);
    const url = pushedUrl(client, await push(client));
    const stops = await Promise.all(Array.from({ length: 20 }, () => person.open(url)));
    expect(stops.filter(({ left }) => left)).toHaveLength(1);
    expect(new Set(stops.filter(({ left }) => !left).map(({ status }) => status))).toEqual(new Set([400]));
  });
});
