import { createHash } from 'node:crypto';
import * as oauth from 'oauth4webapi';
import { expect, inject, test } from 'vitest';
import { Person } from '../rig/person.ts';

const { baseUrl, mcpUrls } = inject('gatehouse');
const issuer = new URL(baseUrl);
const resource = mcpUrls['todo'] ?? '';
const redirectUri = 'http://127.0.0.1:9/callback';

/** The issuer of the local stack is a loopback http URL, which OAuth 2.1 allows for development only. */
const loopback = { [oauth.allowInsecureRequests]: true } as const;

async function discover(): Promise<oauth.AuthorizationServer> {
  return await oauth.processDiscoveryResponse(
    issuer,
    await oauth.discoveryRequest(issuer, { algorithm: 'oauth2', ...loopback }),
  );
}

interface SignedIn {
  readonly as: oauth.AuthorizationServer;
  readonly client: oauth.Client;
  readonly authentication: oauth.ClientAuth;
  readonly tokens: oauth.TokenEndpointResponse;
}

async function signIn(method: 'none' | 'client_secret_basic' | 'client_secret_post'): Promise<SignedIn> {
  const as = await discover();
  const metadata = {
    client_name: `oauth4webapi ${method}`,
    redirect_uris: [redirectUri],
    token_endpoint_auth_method: method,
  };
  const registration = await oauth.dynamicClientRegistrationRequest(as, metadata, loopback);
  const client = await oauth.processDynamicClientRegistrationResponse(registration);
  expect(client['token_endpoint_auth_method']).toBe(method);
  const secret = typeof client.client_secret === 'string' ? client.client_secret : '';
  const authentication = {
    none: () => oauth.None(),
    client_secret_basic: () => oauth.ClientSecretBasic(secret),
    client_secret_post: () => oauth.ClientSecretPost(secret),
  }[method]();

  const verifier = oauth.generateRandomCodeVerifier();
  const state = oauth.generateRandomState();
  const url = new URL(as.authorization_endpoint ?? '');
  url.search = new URLSearchParams({
    client_id: client.client_id,
    redirect_uri: redirectUri,
    response_type: 'code',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
    state,
    resource,
  }).toString();
  const landing = await new Person().authorize(url);
  // Checks state, and iss because the metadata promise it (RFC 9207).
  const parameters = oauth.validateAuthResponse(as, client, landing, state);
  const grant = oauth.authorizationCodeGrantRequest;
  const answer = await grant(as, client, authentication, parameters, redirectUri, verifier, {
    additionalParameters: { resource },
    ...loopback,
  });
  const tokens = await oauth.processAuthorizationCodeResponse(as, client, answer);
  return { as, client, authentication, tokens };
}

async function validate(as: oauth.AuthorizationServer, token: string): Promise<oauth.JWTAccessTokenClaims> {
  const request = new Request(resource, { headers: { authorization: `Bearer ${token}` } });
  return await oauth.validateJwtAccessToken(as, request, resource, loopback);
}

test('AS-01 AS-03 AS-04 AS-06 oauth4webapi accepts the RFC 8414 metadata and its every endpoint', async () => {
  const as = await discover();
  expect(as).toMatchObject({
    issuer: baseUrl,
    response_types_supported: ['code'],
    code_challenge_methods_supported: ['S256'],
    authorization_response_iss_parameter_supported: true,
  });
  expect(as.grant_types_supported).toEqual(expect.arrayContaining(['authorization_code', 'refresh_token']));
  expect(as.token_endpoint_auth_methods_supported).toContain('none');
});

test('AS-02 oauth4webapi accepts the document where OpenID Connect clients look for it', async () => {
  const answer = await oauth.discoveryRequest(issuer, { algorithm: 'oidc', ...loopback });
  expect((await oauth.processDiscoveryResponse(issuer, answer)).issuer).toBe(baseUrl);
});

test('RS-03 oauth4webapi accepts the RFC 9728 metadata of the MCP server', async () => {
  const answer = await oauth.resourceDiscoveryRequest(new URL(resource), loopback);
  const metadata = await oauth.processResourceDiscoveryResponse(new URL(resource), answer);
  expect(metadata.authorization_servers).toEqual([baseUrl]);
  expect(metadata.bearer_methods_supported).toEqual(['header']);
});

test.each(['none', 'client_secret_basic', 'client_secret_post'] as const)(
  'AS-31 AS-45 AS-46 AS-61 AS-69 AS-70 the whole flow is strictly valid for a client that authenticates by %s',
  async (method) => {
    const { as, client, authentication, tokens } = await signIn(method);
    const claims = await validate(as, tokens.access_token);
    expect(claims).toMatchObject({ iss: baseUrl, aud: resource, client_id: client.client_id });
    expect(tokens.token_type).toBe('bearer');
    expect(tokens.expires_in).toBe(claims.exp - claims.iat);

    const answer = await oauth.refreshTokenGrantRequest(
      as,
      client,
      authentication,
      tokens.refresh_token ?? '',
      loopback,
    );
    const refreshed = await oauth.processRefreshTokenResponse(as, client, answer);
    expect(refreshed.scope).toBe(tokens.scope);
    expect(refreshed.refresh_token).not.toBe(tokens.refresh_token);
    expect((await validate(as, refreshed.access_token)).sub).toBe(claims.sub);
  },
);

test('AS-70 AS-62 a confidential client with a wrong secret is refused with invalid_client', async () => {
  const { as, client, tokens } = await signIn('client_secret_basic');
  const wrong = oauth.ClientSecretBasic('wrong');
  const answer = await oauth.refreshTokenGrantRequest(as, client, wrong, tokens.refresh_token ?? '', loopback);
  expect(answer.status).toBe(401);
  const remapped = answer.headers.get('x-amzn-remapped-www-authenticate');
  // API Gateway renames the header of an integration and has no way around it (docs/decisions/0002-front-door.md).
  expect(answer.headers.get('www-authenticate') ?? remapped).toMatch(/^Basic /);
  expect(await answer.json()).toMatchObject({ error: 'invalid_client' });
});

test('RS-05 a token is refused for another audience', async () => {
  const { as, tokens } = await signIn('none');
  const request = new Request('https://other.example/mcp', {
    headers: { authorization: `Bearer ${tokens.access_token}` },
  });
  await expect(oauth.validateJwtAccessToken(as, request, 'https://other.example/mcp', loopback)).rejects.toThrow();
});
