import { describe, expect, test } from 'vitest';
import type { Client } from '../../../lambdas/core/client.ts';
import { digest } from '../../../lambdas/core/digest.ts';
import { registerClient } from '../../../lambdas/core/registration/register-client.ts';
import { ec } from '../client-auth/assertions.ts';
import { auditLog, HandClock, issuer, lifetimes, refusal, seededEntropy } from '../fixtures.ts';

const cursor = 'cursor://anysphere.cursor-mcp/oauth/callback';

function house() {
  const stored: Client[] = [];
  const clients = { register: async (client: Client) => void stored.push(client) };
  return { stored, clients, audit: auditLog(), entropy: seededEntropy(), clock: new HandClock(), issuer, lifetimes };
}
const jwks = { keys: [ec.publicJwk] };
const privateJwk = ec.privateKey.export({ format: 'jwk' });
const signs = { token_endpoint_auth_method: 'private_key_jwt' };
const good = { redirect_uris: ['https://c.example/cb'], token_endpoint_auth_method: 'none', client_name: 'C' };
const register = async (body: unknown, deps = house()) => (await registerClient(body, deps)).response;
const refused = (changes: Record<string, unknown>) => refusal(() => register({ ...good, ...changes }));

describe('AS-31 RFC 7591 §3.2.1 the answer echoes what was registered', () => {
  test('a public client gets an id and no secret', async () => {
    const deps = house();
    expect(await register(good, deps)).toEqual({
      client_id: expect.stringMatching(/^dcr_[\w-]{43}$/),
      client_id_issued_at: deps.clock.now(),
      client_name: 'C',
      redirect_uris: ['https://c.example/cb'],
      token_endpoint_auth_method: 'none',
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
    });
    expect(deps.stored).toHaveLength(1);
    expect(deps.stored[0]).toMatchObject({
      kind: 'dynamic',
      expiresAt: deps.clock.now() + lifetimes.unusedRegistration,
    });
    expect(deps.audit.types()).toEqual(['client.registered']);
  });

  test.each(['client_secret_basic', 'client_secret_post'])(
    '%s gets a secret, of which a digest is stored',
    async (method) => {
      const deps = house();
      const response = await register({ ...good, token_endpoint_auth_method: method }, deps);
      expect(response).toMatchObject({ token_endpoint_auth_method: method, client_secret_expires_at: 0 });
      const secret = String(response['client_secret']);
      expect(secret).toMatch(/^gs_[\w-]{43}$/);
      expect(deps.stored[0]?.secretDigest).toBe(digest(secret));
      expect(JSON.stringify(deps.stored)).not.toContain(secret);
    },
  );

  test.each([
    ['keys', { jwks }],
    ['the address of keys', { jwks_uri: 'https://c.example/jwks' }],
    ['one algorithm', { jwks, token_endpoint_auth_signing_alg: 'ES256' }],
  ])('private_key_jwt with %s gets no secret, but a token to manage its registration (AS-34)', async (_name, keys) => {
    const deps = house();
    const response = await register({ ...good, ...signs, ...keys }, deps);
    expect(response).toMatchObject({ ...signs, ...keys });
    expect(response).not.toHaveProperty('client_secret');
    expect(deps.stored[0]).not.toHaveProperty('secretDigest');
    const token = String(response['registration_access_token']);
    expect(deps.stored[0]?.registrationAccessTokenDigest).toBe(digest(token));
    expect(JSON.stringify(deps.stored)).not.toContain(token);
    expect(response['registration_client_uri']).toBe(`${issuer}/register/${String(response['client_id'])}`);
  });

  test('pain 22 keys mean nothing for a public client: its id does not change with them', async () => {
    expect(await register({ ...good, jwks, jwks_uri: 'not even a URL' })).toEqual(await register(good));
  });

  test('RFC 7591 §2 without a method it is client_secret_basic', async () => {
    const { token_endpoint_auth_method: _, ...body } = good;
    expect(await register(body)).toHaveProperty('token_endpoint_auth_method', 'client_secret_basic');
  });

  test('AS-33 everything known is echoed, everything unknown ignored', async () => {
    const known = {
      scope: 'openid email',
      application_type: 'native',
      client_uri: 'https://c.example',
      logo_uri: 'https://c.example/logo.png',
      policy_uri: 'https://c.example/policy',
      tos_uri: 'https://c.example/tos',
      contacts: ['me@c.example'],
      software_id: 'c',
      software_version: '1',
    };
    const response = await register({ ...good, ...known, constructor: 1, 'client_name#de': 'D', jwks: 5 });
    expect(response).toMatchObject(known);
    expect(Object.keys(response)).not.toContain('jwks');
  });
});

describe('D6 clients.md pain 22 the same public registration is the same client', () => {
  const idOf = async (body: unknown) => (await register(body))['client_id'];
  test('whatever the order of members and lists', async () => {
    const uris = ['https://c.example/a', 'https://c.example/b'];
    const one = await idOf({ ...good, redirect_uris: uris, grant_types: ['refresh_token', 'authorization_code'] });
    const other = await idOf({
      client_name: 'C',
      token_endpoint_auth_method: 'none',
      redirect_uris: [...uris].reverse(),
    });
    expect(other).toBe(one);
  });
  test.each([
    ['name', { client_name: 'D' }],
    ['redirect URI', { redirect_uris: ['https://d.example/cb'] }],
    ['grant types', { grant_types: ['authorization_code'] }],
    ['scope', { scope: 'x' }],
  ])('another %s is another client', async (_name, changes) => {
    expect(await idOf({ ...good, ...changes })).not.toBe(await idOf(good));
  });
  test('confidential clients never share an id', async () => {
    const deps = house();
    const body = { ...good, token_endpoint_auth_method: 'client_secret_post' };
    expect((await register(body, deps))['client_id']).not.toBe((await register(body, deps))['client_id']);
  });
});

describe('AS-32 redirect URIs that are accepted', () => {
  test.each([
    'https://c.example/cb',
    'https://c.example:8443/cb?x=1',
    'http://localhost/callback',
    'http://localhost:3334/oauth/callback',
    'http://127.0.0.1:6276/cb',
    'http://[::1]:9/cb',
    cursor,
    'claude://claude.ai/mcp-auth-callback/sdk',
    'vscode://vscode.microsoft-authentication/',
    'com.example.app:/oauth',
  ])('%s', async (uri) => {
    expect((await register({ ...good, redirect_uris: [uri] }))['redirect_uris']).toEqual([uri]);
  });
});

describe('AS-32 redirect URIs that are refused, with the reason', () => {
  test.each([
    ['http://c.example/cb', 'not loopback'],
    ['http://localhost.evil.example/cb', 'not loopback'],
    ['http://localhost:1@evil.example/cb', 'names a user'],
    ['http://10.0.0.1/cb', 'not loopback'],
    ['http://0.0.0.0:1/cb', 'not loopback'],
    ['HTTPS://c.example/cb', 'lower case'],
    ['https:c.example/cb', 'must begin with https://'],
    ['https://c.example/cb#x', 'fragment'],
    ['https://c.example/cb#', 'fragment'],
    ['https://claude.ai%2eevil.example/cb', 'host'],
    ['https://2130706433/cb', 'host'],
    ['https://me:pw@c.example/cb', 'names a user'],
    ['https://c.example\\@evil.example/cb', 'not an absolute URI'],
    ['https://c.example/a b', 'not an absolute URI'],
    ['https://c.example/cb?code=1', 'query parameter code'],
    ['https://c.example/cb?a=1&state=1', 'query parameter state'],
    ['https://c.example/cb?iss=x', 'query parameter iss'],
    ['javascript:alert(1)', 'scheme javascript'],
    ['JavaScript:alert(1)', 'scheme javascript'],
    ['data:text/html,x', 'scheme data'],
    ['file:///etc/passwd', 'scheme file'],
    ['vbscript:x', 'scheme vbscript'],
    ['blob:https://c.example/x', 'scheme blob'],
    ['ftp://c.example/cb', 'scheme ftp'],
    ['unknownapp://cb', 'scheme unknownapp'],
    ['/cb', 'not an absolute URI'],
    ['', 'not an absolute URI'],
    [`https://c.example/${'x'.repeat(2048)}`, 'longer than'],
  ])('%s', async (uri, reason) => {
    const error = await refused({ redirect_uris: [uri] });
    expect(error.code).toBe('invalid_redirect_uri');
    expect(error.message).toContain(reason);
  });

  test('clients.md pain 6 what can be kept is kept, the rest is dropped and not echoed', async () => {
    const redirect_uris = [
      cursor,
      'http://evil.example/cb',
      'https://c.example/cb',
      'strange://x',
      'https://c.example/cb',
    ];
    const response = await register({ ...good, redirect_uris });
    expect(response['redirect_uris']).toEqual([cursor, 'https://c.example/cb']);
  });

  test('clients.md pain 6 if none is left, each is named', async () => {
    const error = await refused({ redirect_uris: ['http://a.example/', 'data:x'] });
    expect(error.message).toMatch(/http:\/\/a\.example\/ .*; data:x /);
  });
});

describe('AS-32 metadata that are refused, by name', () => {
  test.each<[string, string, unknown, object?]>([
    ['redirect_uris', 'invalid_redirect_uri', undefined],
    ['redirect_uris', 'invalid_redirect_uri', []],
    ['redirect_uris', 'invalid_client_metadata', 'https://c.example/cb'],
    ['redirect_uris', 'invalid_client_metadata', [1]],
    ['redirect_uris', 'invalid_client_metadata', Array(21).fill('https://c.example/cb')],
    ['token_endpoint_auth_method', 'invalid_client_metadata', 'tls_client_auth'],
    ['require_pushed_authorization_requests', 'invalid_client_metadata', 'yes'],
    ['jwks', 'invalid_client_metadata', { keys: 'none' }, signs],
    ['jwks', 'invalid_client_metadata', { keys: [] }, signs],
    ['jwks', 'invalid_client_metadata', undefined, signs],
    ['jwks', 'invalid_client_metadata', { keys: [privateJwk] }, signs],
    ['jwks', 'invalid_client_metadata', { keys: [{ kty: 'oct', k: 'c2VjcmV0' }] }, signs],
    ['jwks', 'invalid_client_metadata', jwks, { ...signs, jwks_uri: 'https://c.example/jwks' }],
    ['jwks_uri', 'invalid_client_metadata', 'http://c.example/jwks', signs],
    ['jwks_uri', 'invalid_client_metadata', 'https://me@c.example/jwks', signs],
    ['jwks_uri', 'invalid_client_metadata', 7, signs],
    ['token_endpoint_auth_signing_alg', 'invalid_client_metadata', 'HS256', { ...signs, jwks }],
    ['token_endpoint_auth_signing_alg', 'invalid_client_metadata', 'none', { ...signs, jwks }],
    ['token_endpoint_auth_signing_alg', 'invalid_client_metadata', 'toString', { ...signs, jwks }],
    ['token_endpoint_auth_method', 'invalid_client_metadata', 1],
    ['grant_types', 'invalid_client_metadata', ['password']],
    ['grant_types', 'invalid_client_metadata', []],
    ['grant_types', 'invalid_client_metadata', 'authorization_code'],
    ['response_types', 'invalid_client_metadata', ['token']],
    ['client_name', 'invalid_client_metadata', 5],
    ['client_name', 'invalid_client_metadata', 'x'.repeat(201)],
    ['logo_uri', 'invalid_client_metadata', {}],
    ['contacts', 'invalid_client_metadata', 'me'],
    ['application_type', 'invalid_client_metadata', 'desktop'],
    ['scope', 'invalid_client_metadata', ['a']],
  ])('%s', async (name, code, value, more = {}) => {
    const error = await refused({ ...more, [name]: value });
    expect([error.code, error.message]).toEqual([code, expect.stringContaining(name)]);
  });

  test.each([[null], ['text'], [[good]], [5], [undefined]])('a body that is no object: %j', async (body) => {
    expect((await refusal(() => register(body))).code).toBe('invalid_client_metadata');
  });
});

describe('what is left out or bent', () => {
  test('clients.md pain 16 null and empty count as left out', async () => {
    const response = await register({
      ...good,
      client_uri: null,
      logo_uri: '',
      scope: null,
      contacts: null,
      grant_types: null,
    });
    expect(response).toEqual(await register(good));
  });
  test('clients.md pain 3 grant types that are named are kept as named; unsupported ones are dropped', async () => {
    const grant_types = ['authorization_code', 'implicit'];
    expect((await register({ ...good, grant_types }))['grant_types']).toEqual(['authorization_code']);
  });
  test('RFC 8628 pain 23 a terminal registers without a redirect URI, and without a response type', async () => {
    const { redirect_uris: _, ...bare } = good;
    const grant_types = ['urn:ietf:params:oauth:grant-type:device_code', 'refresh_token'];
    const response = await register({ ...bare, grant_types });
    expect(response).toMatchObject({ grant_types: ['refresh_token', grant_types[0]], response_types: [] });
    expect(response['redirect_uris'] ?? []).toEqual([]);
  });
  test('RFC 8628 a client for both ways needs its redirect URI', async () => {
    const { redirect_uris: _, ...bare } = good;
    const grant_types = ['authorization_code', 'urn:ietf:params:oauth:grant-type:device_code'];
    expect((await refused({ ...bare, redirect_uris: undefined, grant_types })).code).toBe('invalid_redirect_uri');
    expect(await register({ ...good, grant_types })).toMatchObject({ grant_types, response_types: ['code'] });
  });
  test.each(['client_credentials', 'token-exchange', 'jwt-bearer'])(
    'X-CC X-EMA nobody registers himself for %s',
    async (name) => {
      const type = name === 'client_credentials' ? name : `urn:ietf:params:oauth:grant-type:${name}`;
      const grant_types = ['authorization_code', type];
      expect((await register({ ...good, grant_types }))['grant_types']).toEqual(['authorization_code']);
      expect((await refused({ grant_types: [type] })).code).toBe('invalid_client_metadata');
    },
  );
  test.each(['http://c.example/logo', 'javascript:alert(1)', 'data:image/png,x', 'https://'])(
    'a logo at %s is dropped',
    async (logo_uri) => expect(await register({ ...good, logo_uri })).not.toHaveProperty('logo_uri'),
  );
  test('AS-53 RFC 9126 §6 a promise to push is kept and echoed; without one the id stays', async () => {
    const deps = house();
    const promised = await register({ ...good, require_pushed_authorization_requests: true }, deps);
    expect(promised['require_pushed_authorization_requests']).toBe(true);
    expect(deps.stored[0]?.requirePushedAuthorizationRequests).toBe(true);
    expect(await register({ ...good, require_pushed_authorization_requests: false })).toEqual(await register(good));
  });
  test('X-DPOP1 RFC 9449 §5.2 asking for bound tokens is kept and echoed, and makes another public client', async () => {
    const deps = house();
    const bound = await register({ ...good, dpop_bound_access_tokens: true }, deps);
    expect(bound['dpop_bound_access_tokens']).toBe(true);
    expect(deps.stored[0]?.dpopBoundAccessTokens).toBe(true);
    const plain = await register(good);
    expect(bound['client_id']).not.toBe(plain['client_id']);
    expect(await register({ ...good, dpop_bound_access_tokens: false })).toEqual(plain);
    expect((await refused({ dpop_bound_access_tokens: 'yes' })).code).toBe('invalid_client_metadata');
  });
  test('a name has no invisible or line-breaking characters', async () => {
    const client_name = ' Good\u202e\u200b\n<b>App</b>\u0000 ';
    expect((await register({ ...good, client_name }))['client_name']).toBe('Good<b>App</b>');
  });
});
