import { describe, expect, inject, test } from 'vitest';
import type { Route } from '../../lambdas/contract/routes.ts';
import { routes } from '../../lambdas/contract/routes.ts';
import { OAuthClient } from '../rig/oauth-client.ts';
import { Person } from '../rig/person.ts';

const { baseUrl, mcpUrls } = inject('gatehouse');
const mcpPath = (mcpUrls['todo'] ?? '').slice(baseUrl.length);

/** What must never come back: a marker that would run, and the inside of the server. */
const marker = '<script>alert("reflected")</script>';
const inside = /\bat (?:async )?[\w.<>]+ \(|node:internal|\.mjs:\d+|\/var\/task|ECONN|dynamodb|AKIA|arn:aws/i;

const paths = new Map<string, Route[]>();
for (const route of routes) paths.set(route.path, [...(paths.get(route.path) ?? []), route]);

function concrete(path: string): string {
  return path.replace('/{server+}', mcpPath).replace('{code}', 'invalid_grant');
}

async function send(
  path: string,
  init: RequestInit = {},
): Promise<{ status: number; type: string; body: string; headers: Headers }> {
  const answer = await fetch(`${baseUrl}${path}`, { redirect: 'manual', ...init });
  const body = await answer.text();
  expect(answer.status, body.slice(0, 500)).not.toBe(500);
  expect(answer.status, body.slice(0, 500)).not.toBe(502);
  expect(body).not.toContain(marker);
  expect(body).not.toMatch(inside);
  return { status: answer.status, type: answer.headers.get('content-type') ?? '', body, headers: answer.headers };
}

function expectError(answer: { type: string; body: string }): Record<string, string> {
  expect(answer.type).toMatch(/^application\/json\b/);
  const body = JSON.parse(answer.body) as Record<string, string>;
  expect(body).toMatchObject({ error: expect.stringMatching(/^[a-z_]+$/) as unknown });
  expect(body['error_description']).toMatch(/^[\x20-\x21\x23-\x5b\x5d-\x7e]+$/);
  expect(body['error_uri']).toMatch(new RegExp(`^${baseUrl}/errors/[a-z_]+$`));
  return body;
}

const form = { 'content-type': 'application/x-www-form-urlencoded' };
const json = { 'content-type': 'application/json' };

describe.each([...paths])('%s', (path, own) => {
  const verbs = own.map(({ method }): string => method);

  test('answers a verb that it does not have with 405, Allow and JSON', async () => {
    for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'].filter((verb) => !verbs.includes(verb))) {
      const answer = await send(concrete(path), { method });
      expect(answer.status, method).toBe(405);
      for (const verb of verbs) expect(answer.headers.get('allow'), method).toContain(verb);
      expectError(answer);
    }
  });

  test('survives a query that is broken, repeated or too long', async () => {
    const method = verbs.includes('GET') ? 'GET' : 'POST';
    const body = method === 'POST' ? { method, headers: form, body: '' } : { method };
    for (const query of [
      '%',
      '%zz=1',
      'a=%ff',
      'state=1&state=2',
      `state=${encodeURIComponent(marker)}`,
      '&&==&',
      '%00=%00',
    ]) {
      await send(`${concrete(path)}?${query}`, body);
    }
    await send(`${concrete(path)}?state=${'x'.repeat(7000)}`, body);
  });
});

describe.each(['/token', '/register', '/consent', '/authorize'])('POST %s', (path) => {
  const bodies: readonly (readonly [string, Record<string, string>, BodyInit])[] = [
    ['no body', form, ''],
    ['no content type', {}, new Uint8Array([1, 2, 3])],
    ['the wrong content type', { 'content-type': 'text/plain' }, 'grant_type=authorization_code'],
    ['multipart', { 'content-type': 'multipart/form-data; boundary=x' }, '--x--'],
    ['broken percent-encoding', form, 'grant_type=%zz&client_id=%'],
    ['bytes that are not UTF-8', form, 'grant_type=%ff%fe'],
    ['broken JSON', json, '{"redirect_uris":['],
    ['deep JSON', json, '['.repeat(5000)],
    ['a prototype', json, '{"__proto__":{"redirect_uris":["https://a.example/"]}}'],
    ['65 KiB', form, `grant_type=authorization_code&x=${'x'.repeat(65 * 1024)}`],
    ['65 KiB of JSON', json, JSON.stringify({ client_name: 'x'.repeat(65 * 1024) })],
    ['a marker', form, `grant_type=${encodeURIComponent(marker)}&client_id=${encodeURIComponent(marker)}`],
    ['a JSON marker', json, JSON.stringify({ redirect_uris: [marker], client_name: marker })],
  ];
  test.each(bodies)('refuses %s with a clear 4xx', async (_, headers, body) => {
    const answer = await send(path, { method: 'POST', headers, body });
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.status).toBeLessThan(500);
    if (path === '/token' || path === '/register') expectError(answer);
    else expect(answer.type).toMatch(/^text\/html\b/);
  });
});

test.each([
  '/no-such-path',
  '/token/x',
  '/.env',
  '/admin',
  '/%2e%2e/%2e%2e/etc/passwd',
  '/%zz',
  '//evil.example/%2f..',
])('an unknown path is JSON 404: %s', async (path) => {
  const answer = await send(path);
  expect([400, 404]).toContain(answer.status);
  expect(answer.type).toMatch(/^application\/json\b/);
});

describe('the token endpoint', () => {
  const token = (body: string) => send('/token', { method: 'POST', headers: form, body });

  test.each([
    [
      'AS-60 a repeated parameter',
      'grant_type=refresh_token&grant_type=refresh_token&client_id=x',
      400,
      'invalid_request',
    ],
    ['AS-62 no grant type', 'client_id=x', 400, 'invalid_request'],
    [
      'AS-42 AS-62 the password grant',
      'grant_type=password&client_id=x&username=a&password=b',
      400,
      'unsupported_grant_type',
    ],
  ])('%s', async (_, body, status, error) => {
    const answer = await token(body);
    expect(answer.status).toBe(status);
    expect(expectError(answer)['error']).toBe(error);
    expect(answer.headers.get('cache-control')).toContain('no-store');
  });

  test('pain 2: an unknown client is answered 401 invalid_client, so that clients register again', async () => {
    const answer = await token('grant_type=authorization_code&client_id=no-such-client&code=x&code_verifier=y');
    expect(answer.status).toBe(401);
    expect(expectError(answer)['error']).toBe('invalid_client');
  });

  test.each(['x', 'gc_x', 'gc_a.b.c', `gc_${'A'.repeat(22)}.${'A'.repeat(22)}.${'A'.repeat(43)}`, 'x'.repeat(400)])(
    'AS-63 a code that nobody issued is invalid_grant: %s',
    async (code) => {
      const client = await OAuthClient.register(baseUrl);
      const answer = await client.token({
        grant_type: 'authorization_code',
        client_id: client.clientId,
        redirect_uri: client.redirectUri,
        code,
        code_verifier: 'v'.repeat(43),
      });
      expect(answer).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
    },
  );
});

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
    const answer = await send(`/authorize${client.start(parameters).url.search}`);
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

  test.each(['openid email profile todo:read', 'claudeai todo:read', 'offline_access'])(
    'AS-48 pain 15: unknown scopes are dropped, and the answer says what was granted: %s',
    async (scope) => {
      const client = await OAuthClient.register(baseUrl);
      const tokens = await client.signIn({ parameters: { scope } });
      expect(tokens.scope.split(' ')).toContain('todo:read');
      expect(tokens.scope).not.toMatch(/openid|claudeai|offline_access/);
    },
  );
});

test('F-A12 every error_uri is a page that explains the cure', async () => {
  const codes = ['invalid_request', 'invalid_client', 'invalid_grant', 'unauthorized_client', 'unsupported_grant_type'];
  for (const code of [...codes, 'invalid_scope', 'invalid_target', 'invalid_redirect_uri', 'invalid_client_metadata']) {
    const answer = await send(`/errors/${code}`);
    expect(answer.status, code).toBe(200);
    expect(answer.type).toMatch(/^text\/html\b/);
    expect(answer.body).toContain(code);
  }
  expect((await send('/errors/no-such-code')).status).toBe(404);
});
