import { describe, expect, inject, test } from 'vitest';
import { OAuthClient } from '../rig/oauth-client.ts';
import { Person } from '../rig/person.ts';
import { probe } from '../rig/probe.ts';

const { baseUrl, mcpUrls } = inject('gatehouse');

describe('the authorization endpoint', () => {
  test.each([
    ['AS-43 no challenge', { code_challenge: undefined }, 'invalid_request'],
    ['AS-43 the plain method', { code_challenge_method: 'plain' }, 'invalid_request'],
    ['AS-43 the omitted method, which would be plain', { code_challenge_method: undefined }, 'invalid_request'],
    ['AS-42 the implicit flow', { response_type: 'token' }, 'unsupported_response_type'],
    ['AS-42 no response type', { response_type: undefined }, 'invalid_request'],
    ['AS-47 an unknown resource', { resource: 'https://other.example/mcp' }, 'invalid_target'],
    ['AS-47 a resource with a fragment', { resource: `${baseUrl}/mcp#x` }, 'invalid_target'],
    ['AS-48 unknown scopes only', { scope: 'no:such scope' }, 'invalid_scope'],
  ])('sends the client an error with state and iss: %s', async (_, parameters, error) => {
    const client = await OAuthClient.register(baseUrl);
    const attempt = client.start(parameters);
    const stop = await new Person().open(attempt.url);
    expect(stop.left, stop.body.slice(0, 500)).toBe(true);
    const found = Object.fromEntries(stop.url.searchParams);
    expect(found).toMatchObject({ error, state: attempt.state, iss: baseUrl });
    expect(found).not.toHaveProperty('code');
  });

  test('AS-44 a repeated parameter is refused', async () => {
    const client = await OAuthClient.register(baseUrl);
    const { url } = client.start();
    url.searchParams.append('scope', 'todo:read');
    url.searchParams.append('scope', 'todo:write');
    const stop = await new Person().open(url);
    expect(stop.url.searchParams.get('error')).toBe('invalid_request');
  });

  test.each([
    ['AS-41 an unknown client', { client_id: 'no-such-client' }],
    ['AS-41 no client', { client_id: undefined }],
    ['AS-41 a redirect URI of somebody else', { redirect_uri: 'https://evil.example/callback' }],
    ['AS-40 a longer path', { redirect_uri: 'http://127.0.0.1:9/callback/more' }],
    ['AS-40 an added query', { redirect_uri: 'http://127.0.0.1:9/callback?next=evil' }],
    ['AS-40 another loopback name', { redirect_uri: 'http://localhost:9/callback' }],
    ['AS-40 a host that begins like loopback', { redirect_uri: 'http://127.0.0.1.evil.example/callback' }],
    ['AS-40 userinfo', { redirect_uri: 'http://127.0.0.1:9@evil.example/callback' }],
  ])('shows a page and never redirects: %s', async (_, parameters) => {
    const client = await OAuthClient.register(baseUrl);
    const answer = await probe(`${baseUrl}/authorize${client.start(parameters).url.search}`);
    expect(answer.status).toBe(400);
    expect(answer.headers.get('location')).toBeNull();
    expect(answer.type).toMatch(/^text\/html\b/);
    expect(answer.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
  });

  test('AS-45 state comes back verbatim, whatever it holds', async () => {
    const client = await OAuthClient.register(baseUrl);
    for (const state of ['a b+c%20&d=e#f', '"\'<>', 'ünïcödé ✓', 'x'.repeat(500)]) {
      const attempt = client.start({ state });
      const landing = await new Person().authorize(attempt.url);
      expect(landing.searchParams.getAll('state')).toEqual([state]);
      expect(landing.searchParams.getAll('code')).toHaveLength(1);
      expect(landing.searchParams.getAll('iss')).toEqual([baseUrl]);
    }
  });

  test('OAuth 2.1 section 3.1: the request may be sent as a form, and a resource may be named twice', async () => {
    const client = await OAuthClient.register(baseUrl);
    const { url } = client.start({ resource: mcpUrls['todo'] });
    url.searchParams.append('resource', mcpUrls['todo'] ?? '');
    const answer = await fetch(`${baseUrl}/authorize`, { method: 'POST', body: url.searchParams, redirect: 'manual' });
    expect(answer.status).toBe(303);
    expect(new URL(answer.headers.get('location') ?? '').searchParams.has('error')).toBe(false);
  });

  test('AS-47 AS-48 pain 8 and 15: neither scope nor resource nor state are needed', async () => {
    const client = await OAuthClient.register(baseUrl);
    const attempt = client.start({ state: undefined });
    const landing = await new Person().authorize(attempt.url);
    expect(landing.searchParams.has('state')).toBe(false);
    expect((await client.redeem(attempt, landing)).status).toBe(200);
  });

  test.each(['email profile todo:read', 'claudeai todo:read', 'offline_access'])(
    'AS-48 pain 15: unknown scopes are dropped, and the answer says what was granted: %s',
    async (scope) => {
      const client = await OAuthClient.register(baseUrl);
      const tokens = await client.signIn({ parameters: { scope } });
      expect(tokens.scope.split(' ')).toContain('todo:read');
      expect(tokens.scope).not.toMatch(/email|profile|claudeai|offline_access/);
    },
  );
});
