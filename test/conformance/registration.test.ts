import { describe, expect, inject, test } from 'vitest';
import { OAuthClient, postJson } from '../rig/oauth-client.ts';
import { Person } from '../rig/person.ts';

const { baseUrl } = inject('gatehouse');
const register = (metadata: unknown) => postJson(`${baseUrl}/register`, metadata);
const publicClient = { redirect_uris: ['http://127.0.0.1/callback'], token_endpoint_auth_method: 'none' };

describe('AS-31 a registration', () => {
  test('is answered 201, not to be stored, and echoes what was registered', async () => {
    const asked = {
      ...publicClient,
      client_name: 'Echo',
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
      scope: 'todo:read',
      client_uri: 'https://client.example/about',
    };
    const answer = await register(asked);
    expect(answer.status).toBe(201);
    expect(answer.headers.get('cache-control')).toContain('no-store');
    expect(answer.body).toMatchObject({ ...asked, client_id: expect.any(String) as unknown });
    expect(answer.body).not.toHaveProperty('client_secret');
    expect(Object.values(answer.body)).not.toContain(null);
  });

  test.each(['client_secret_basic', 'client_secret_post'])(
    'pain 16: %s gets a secret that does not expire',
    async (method) => {
      const answer = await register({ ...publicClient, token_endpoint_auth_method: method });
      expect(answer.status).toBe(201);
      expect(answer.body).toMatchObject({ token_endpoint_auth_method: method, client_secret_expires_at: 0 });
      expect(String(answer.body['client_secret']).length).toBeGreaterThanOrEqual(32);
    },
  );

  test('pain 15: without scope it may ask for every scope later', async () => {
    const client = await OAuthClient.register(baseUrl);
    expect((await client.signIn({ parameters: { scope: 'todo:read todo:write' } })).scope).toBe('todo:read todo:write');
  });

  test('pain 22: the same public client always gets the same id, an altered one another', async () => {
    const asked = { ...publicClient, client_name: 'Same client' };
    const ids = await Promise.all(Array.from({ length: 5 }, async () => (await register(asked)).body['client_id']));
    expect(new Set(ids).size).toBe(1);
    const other = await register({ ...asked, redirect_uris: ['http://127.0.0.1/other'] });
    expect(other.body['client_id']).not.toBe(ids[0]);
  });

  test('AS-30 its id never looks like a metadata document', async () => {
    expect(String((await register(publicClient)).body['client_id'])).not.toMatch(/^https:/);
  });
});

describe('AS-32 redirect URIs', () => {
  const refused = [
    'http://client.example/callback',
    'https://client.example/callback#fragment',
    'https://user:password@client.example/callback',
    'javascript:alert(1)',
    'data:text/html,x',
    'file:///etc/passwd',
    'vbscript:x',
    'blob:https://client.example/x',
    'not a uri',
    '',
  ];
  test.each(refused)('%s alone is refused with invalid_redirect_uri', async (uri) => {
    const answer = await register({ ...publicClient, redirect_uris: [uri] });
    expect(answer.status).toBe(400);
    expect(answer.body['error']).toBe('invalid_redirect_uri');
  });

  const accepted = [
    'https://claude.ai/api/mcp/auth_callback',
    'cursor://anysphere.cursor-mcp/oauth/callback',
    'claude://claude.ai/mcp-auth-callback/sdk',
    'http://localhost:7777/oauth/callback',
    'http://[::1]:8000/callback',
    'https://vscode.dev/redirect',
  ];
  test.each(accepted)('%s is accepted', async (uri) => {
    const answer = await register({ ...publicClient, redirect_uris: [uri] });
    expect(answer.status).toBe(201);
    expect(answer.body['redirect_uris']).toEqual([uri]);
  });

  test('pain 6: of a mixed list the good ones are kept, and the answer says which', async () => {
    const uris = [
      'javascript:alert(1)',
      'cursor://anysphere.cursor-mcp/oauth/callback',
      'http://localhost:8787/callback',
    ];
    const answer = await register({ ...publicClient, redirect_uris: uris });
    expect(answer.status).toBe(201);
    expect(answer.body['redirect_uris']).toEqual(uris.slice(1));
  });

  test('AS-40 pain 5: the port of a loopback redirect may differ, the path may not', async () => {
    const client = await OAuthClient.register(baseUrl, { redirect_uris: ['http://localhost/callback'] });
    const attempt = client.start({ redirect_uri: 'http://localhost:54321/callback' });
    const landing = await new Person().authorize(attempt.url);
    expect(landing.href).toMatch(/^http:\/\/localhost:54321\/callback\?/);
    expect((await client.redeem(attempt, landing)).status).toBe(200);
    const other = await new Person().open(client.start({ redirect_uri: 'http://localhost:54321/other' }).url);
    expect(other).toMatchObject({ left: false, status: 400 });
  });
});

describe('AS-33 other metadata', () => {
  test('application_type native is accepted and echoed, unknown members are ignored', async () => {
    const answer = await register({ ...publicClient, application_type: 'native', no_such_member: { a: 1 } });
    expect(answer.status).toBe(201);
    expect(answer.body['application_type']).toBe('native');
    expect(answer.body).not.toHaveProperty('no_such_member');
  });

  test.each([
    [{}],
    [{ redirect_uris: 'http://127.0.0.1/callback' }],
    [{ ...publicClient, redirect_uris: [] }],
    [{ ...publicClient, token_endpoint_auth_method: 'tls_client_auth' }],
    [{ ...publicClient, grant_types: ['password'] }],
    [{ ...publicClient, response_types: ['token'] }],
    [[]],
    [null],
    ['text'],
  ])('%j is refused with 400', async (metadata) => {
    const answer = await register(metadata);
    expect(answer.status).toBe(400);
    expect(['invalid_client_metadata', 'invalid_redirect_uri', 'invalid_request']).toContain(answer.body['error']);
  });
});
