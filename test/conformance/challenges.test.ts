import { describe, expect, inject, test } from 'vitest';
import { callMcp, readMcp } from '../rig/mcp-call.ts';
import { OAuthClient } from '../rig/oauth-client.ts';

const { baseUrl, mcpUrls } = inject('gatehouse');
const mcpUrl = mcpUrls['todo'] ?? '';
const metadataUrl = `${baseUrl}/.well-known/oauth-protected-resource${mcpUrl.slice(baseUrl.length)}`;

/** The attributes of the first challenge, in order; a repeated one appears twice (RS-11). */
function attributes(challenge: string | undefined): readonly (readonly [string, string])[] {
  expect(challenge).toMatch(/^Bearer /);
  const [first = ''] = (challenge ?? '').split(', DPoP ');
  return [...first.matchAll(/([a-z_]+)="([^"]*)"/g)].map(([, name = '', value = '']) => [name, value]);
}

describe('a request without a token', () => {
  test.each(['GET', 'POST', 'DELETE', 'HEAD'])(
    'RS-01 RS-02 RS-12 %s is answered 401 with the challenge',
    async (method) => {
      const answer = await readMcp(await fetch(mcpUrl, { method }));
      expect(answer.status).toBe(401);
      const found = attributes(answer.challenge);
      expect(new Set(found.map(([name]) => name)).size).toBe(found.length);
      expect(Object.fromEntries(found)).toEqual({
        resource_metadata: metadataUrl,
        scope: expect.any(String) as unknown,
      });
    },
  );

  test('X-DPOP2 RFC 9449 §7.1 a second challenge, behind the first, says that bound tokens are taken too', async () => {
    const { challenge } = await callMcp(mcpUrl);
    expect(challenge).toMatch(/^Bearer .+", DPoP algs="ES256( [A-Za-z0-9]+)+"$/);
  });

  test('RS-03 RS-04 RS-11 the challenge names the metadata that exists, and its scopes are those of the metadata', async () => {
    const found = Object.fromEntries(attributes((await callMcp(mcpUrl)).challenge));
    const metadata = (await (await fetch(found['resource_metadata'] ?? '')).json()) as { scopes_supported: string[] };
    expect(found['scope']?.split(' ')).toEqual(metadata.scopes_supported);
    expect(found['scope']).not.toContain('offline_access');
    expect(found['scope']).toMatch(/^[\x21\x23-\x5b\x5d-\x7e ]+$/);
  });

  test('RS-01 pain 11: it is refused before its body is read', async () => {
    const headers = { 'content-type': 'application/json' };
    const answer = await readMcp(await fetch(mcpUrl, { method: 'POST', headers, body: '{"not json' }));
    expect(answer.status).toBe(401);
    expect(answer.challenge).toBeDefined();
  });

  test('RS-11 pain 24: a browser script may read the challenge', async () => {
    const answer = await fetch(mcpUrl, { method: 'POST', headers: { origin: 'http://localhost:6274' } });
    expect(answer.status).toBe(401);
    expect(answer.headers.get('access-control-allow-origin')).toBeTruthy();
    expect(answer.headers.get('access-control-expose-headers')?.toLowerCase()).toContain('www-authenticate');
  });

  test('pain 24: OPTIONS is a preflight, open to all, and allows the headers of every revision', async () => {
    const asked = ['authorization', 'content-type', 'accept', 'mcp-protocol-version', 'mcp-method', 'mcp-name'];
    const headers = {
      origin: 'http://localhost:6274',
      'access-control-request-method': 'POST',
      'access-control-request-headers': asked.join(','),
    };
    const answer = await fetch(mcpUrl, { method: 'OPTIONS', headers });
    expect([200, 204]).toContain(answer.status);
    const allowed = (answer.headers.get('access-control-allow-headers') ?? '').toLowerCase().split(/\s*,\s*/);
    expect(allowed).toEqual(expect.arrayContaining([...asked, 'mcp-session-id', 'last-event-id']));
  });
});

const none = [{ alg: 'none' }, { alg: 'none', typ: 'at+jwt' }].map((header) => {
  const encode = (part: unknown) => Buffer.from(JSON.stringify(part)).toString('base64url');
  return `${encode(header)}.${encode({ iss: baseUrl, aud: mcpUrl, sub: 'root', exp: 4e9, scope: 'todo:read' })}.`;
});

describe('RS-05 RS-12 a token that is none', () => {
  const garbage = ['x', '', 'a.b.c', '..', 'eyJhbGciOiJSUzI1NiJ9.e30.AAAA', 'null', '%00', 'A'.repeat(4000), ...none];
  test.each(garbage)('%s is answered 401', async (token) => {
    const answer = await callMcp(mcpUrl, token);
    expect(answer.status).toBe(401);
    expect(answer.challenge).toContain(`resource_metadata="${metadataUrl}"`);
    expect(answer.body).not.toMatch(/\bat .+:\d+|node:internal/);
  });

  test.each(['Basic YTpi', 'Bearer', 'DPoP x', 'Bearer x y', ',', 'Bearer x, Bearer y'])(
    'Authorization: %s is answered 401',
    async (authorization) => {
      const answer = await callMcp(mcpUrl, undefined, { headers: { authorization } });
      expect(answer.status).toBe(401);
      expect(answer.challenge).toBeDefined();
    },
  );
});

describe('a real token', () => {
  test('RS-05 opens the door, and one changed character closes it', async () => {
    const client = await OAuthClient.register(baseUrl);
    const { accessToken } = await client.signIn();
    expect((await callMcp(mcpUrl, accessToken)).status).toBe(200);
    const [header, payload, signature = ''] = accessToken.split('.');
    const changed = `${signature.startsWith('A') ? 'B' : 'A'}${signature.slice(1)}`;
    expect((await callMcp(mcpUrl, `${header}.${payload}.${changed}`)).status).toBe(401);
    expect((await callMcp(mcpUrl, `${header}.${payload}.`)).status).toBe(401);
  });

  test('RS-06 works whatever the case of the scheme, and never from the query string', async () => {
    const client = await OAuthClient.register(baseUrl);
    const { accessToken } = await client.signIn();
    for (const scheme of ['bearer', 'BEARER']) {
      const headers = { authorization: `${scheme} ${accessToken}` };
      expect((await callMcp(mcpUrl, undefined, { headers })).status).toBe(200);
    }
    expect((await callMcp(`${mcpUrl}?access_token=${accessToken}`)).status).toBe(401);
  });

  test('RS-05 RS-09 a refresh token or a code is no access token', async () => {
    const client = await OAuthClient.register(baseUrl);
    const { refreshToken } = await client.signIn();
    expect((await callMcp(mcpUrl, refreshToken)).status).toBe(401);
  });

  test('MS-08 an Origin that is not on the list is answered 403', async () => {
    const client = await OAuthClient.register(baseUrl);
    const { accessToken } = await client.signIn();
    const answer = await callMcp(mcpUrl, accessToken, { headers: { origin: 'https://evil.example' } });
    expect(answer.status).toBe(403);
  });
});

describe('RS-07 RS-12 step-up', () => {
  const write = { method: 'tools/call', params: { name: 'create_todo', arguments: { title: 'a title of mine' } } };
  const message = { jsonrpc: '2.0', id: 1, ...write };
  const modern = { 'mcp-method': 'tools/call', 'mcp-name': 'create_todo' };

  test.each([
    ['from the body', {}],
    ['from the headers of 2026-07-28', modern],
  ])('a narrow token is answered 403 with every scope that it needs, %s', async (_, headers) => {
    const client = await OAuthClient.register(baseUrl);
    const { accessToken, scope } = await client.signIn({ parameters: { scope: 'todo:read' } });
    expect(scope).toBe('todo:read');
    const answer = await callMcp(mcpUrl, accessToken, { ...write, headers });
    expect(answer.status).toBe(403);
    // Only from the headers can the guard know, and its challenge arrives under its name. A refusal by the handler has it
    // under the name that API Gateway gives it (docs/decisions/0002-front-door.md).
    const remapped = answer.headers.get('x-amzn-remapped-www-authenticate') ?? undefined;
    const found = Object.fromEntries(attributes('mcp-method' in headers ? answer.challenge : remapped));
    expect(found).toMatchObject({ error: 'insufficient_scope', resource_metadata: metadataUrl });
    expect(found['scope']?.split(' ')).toContain('todo:write');
  });

  const smuggled: readonly (readonly [string, Record<string, string>, string])[] = [
    ['under the name of a harmless method', { 'mcp-method': 'tools/list' }, JSON.stringify(message)],
    ['under the name of a harmless tool', { ...modern, 'mcp-name': 'list_todos' }, JSON.stringify(message)],
    ['in a batch', {}, JSON.stringify([{ jsonrpc: '2.0', id: 2, method: 'tools/list' }, message])],
    ['behind a repeated member', {}, JSON.stringify(message).replace('{', '{"method":"tools/list",')],
  ];
  test.each(smuggled)('RS-09 a call is not smuggled past it %s', async (_, headers, body) => {
    const client = await OAuthClient.register(baseUrl);
    const { accessToken } = await client.signIn({ parameters: { scope: 'todo:read' } });
    const plain = { 'content-type': 'application/json', accept: 'application/json, text/event-stream' };
    const all = { ...plain, ...headers, authorization: `Bearer ${accessToken}` };
    const answer = await fetch(mcpUrl, { method: 'POST', headers: all, body });
    expect([400, 403]).toContain(answer.status);
    const list = await callMcp(mcpUrl, accessToken, {
      method: 'tools/call',
      params: { name: 'list_todos', arguments: {} },
    });
    expect(list.status).toBe(200);
    expect(list.body).not.toContain('a title of mine');
  });
});
