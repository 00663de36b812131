import { describe, expect, inject, test } from 'vitest';
import type { Route } from '../../lambdas/contract/route.ts';
import { routes } from '../../lambdas/contract/routes.ts';
import { OAuthClient } from '../rig/oauth-client.ts';
import { marker, probe } from '../rig/probe.ts';

const { baseUrl, mcpUrls } = inject('gatehouse');
const mcpPath = (mcpUrls['todo'] ?? '').slice(baseUrl.length);

const paths = new Map<string, Route[]>();
for (const route of routes) paths.set(route.path, [...(paths.get(route.path) ?? []), route]);

function concrete(path: string): string {
  return path
    .replace('/{server+}', mcpPath)
    .replace('{code}', 'invalid_grant')
    .replace('{operation+}', 'clients')
    .replace('{page+}', 'keys');
}

const send = (path: string, init?: RequestInit) => probe(`${baseUrl}${path}`, init);

function expectError(answer: { type: string; body: string }): Record<string, string> {
  expect(answer.type).toMatch(/^application\/json\b/);
  const body = JSON.parse(answer.body) as Record<string, string>;
  expect(body).toMatchObject({ error: expect.stringMatching(/^[a-z_]+$/) as unknown });
  expect(body['error_description']).toMatch(/^[\x20-\x21\x23-\x5b\x5d-\x7e]+$/);
  expect(body['error_uri']).toMatch(new RegExp(`^${baseUrl}/errors/[a-z_]+$`));
  return body;
}

/** RFC 9457 §3: errors of the admin API. */
function expectProblem(answer: { type: string; status: number; body: string }): void {
  expect(answer.type).toMatch(/^application\/problem\+json\b/);
  expect(JSON.parse(answer.body)).toMatchObject({ status: answer.status, title: expect.any(String) as unknown });
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
      if (path.startsWith('/admin/api/')) expectProblem(answer);
      else expectError(answer);
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
  '/administrator',
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
