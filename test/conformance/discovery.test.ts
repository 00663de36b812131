import { request } from 'node:http';
import { decodeJwt } from 'jose';
import { describe, expect, inject, test } from 'vitest';
import { OAuthClient, readJson, readTokens } from '../rig/oauth-client.ts';
import { Person } from '../rig/person.ts';

const { baseUrl, mcpUrls } = inject('gatehouse');
const mcpUrl = mcpUrls['todo'] ?? '';
const mcpPath = mcpUrl.slice(baseUrl.length);
const wellKnown = `${baseUrl}/.well-known`;

async function get(url: string): Promise<Readonly<Record<string, unknown>>> {
  const answer = await readJson(await fetch(url));
  expect(answer.status, url).toBe(200);
  expect(answer.headers.get('content-type'), url).toMatch(/^application\/json\b/);
  return answer.body;
}

test('AS-01 AS-02 AS-08 the metadata is the same at both forms at the host root, and its issuer is the base URL', async () => {
  const metadata = await get(`${wellKnown}/oauth-authorization-server`);
  expect(metadata['issuer']).toBe(baseUrl);
  expect(await get(`${wellKnown}/openid-configuration`)).toEqual(metadata);
});

test('AS-03 AS-04 AS-06 pain 12: the metadata names what clients need before they go on', async () => {
  expect(await get(`${wellKnown}/oauth-authorization-server`)).toMatchObject({
    authorization_endpoint: `${baseUrl}/authorize`,
    token_endpoint: `${baseUrl}/token`,
    registration_endpoint: `${baseUrl}/register`,
    jwks_uri: `${wellKnown}/jwks.json`,
    response_types_supported: ['code'],
    code_challenge_methods_supported: ['S256'],
    authorization_response_iss_parameter_supported: true,
    token_endpoint_auth_methods_supported: expect.arrayContaining(['none']) as unknown,
    scopes_supported: expect.arrayContaining(['offline_access']) as unknown,
  });
});

test('AS-07 every endpoint of the metadata is below the issuer', async () => {
  const metadata = await get(`${wellKnown}/oauth-authorization-server`);
  const endpoints = Object.entries(metadata).filter(([name]) => /_(endpoint|uri)$/.test(name));
  expect(endpoints.length).toBeGreaterThan(3);
  expect(endpoints.filter(([, url]) => !String(url).startsWith(`${baseUrl}/`))).toEqual([]);
});

test('RS-03 RS-04 the resource metadata stands at the path of the MCP endpoint', async () => {
  const metadata = await get(`${wellKnown}/oauth-protected-resource${mcpPath}`);
  expect(metadata).toMatchObject({
    resource: mcpUrl,
    authorization_servers: [baseUrl],
    bearer_methods_supported: ['header'],
  });
  expect(metadata['scopes_supported']).not.toContain('offline_access');
});

test('RS-03 the root form gives the metadata of the first server', async () => {
  expect(await get(`${wellKnown}/oauth-protected-resource`)).toMatchObject({ authorization_servers: [baseUrl] });
});

test('AS-69 the key set holds public signing keys only', async () => {
  const { keys } = (await get(`${wellKnown}/jwks.json`)) as { keys: Record<string, unknown>[] };
  expect(keys.length).toBeGreaterThan(0);
  for (const key of keys) {
    expect(key).toMatchObject({ kid: expect.any(String) as unknown, alg: expect.any(String) as unknown, use: 'sig' });
    expect(['d', 'p', 'q', 'dp', 'dq', 'qi', 'k', 'oth'].filter((part) => part in key)).toEqual([]);
  }
});

test('AS-01 AS-46 RS-03 pain 9: the issuer is the same string, byte for byte, wherever it is written', async () => {
  const client = await OAuthClient.register(baseUrl);
  const attempt = client.start();
  const landing = await new Person().authorize(attempt.url);
  const { accessToken } = readTokens(await client.redeem(attempt, landing));
  const resource = await get(`${wellKnown}/oauth-protected-resource${mcpPath}`);
  const metadata = await get(`${wellKnown}/oauth-authorization-server`);
  const [listed] = resource['authorization_servers'] as string[];
  const written = [metadata['issuer'], listed, landing.searchParams.get('iss'), decodeJwt(accessToken).iss];
  expect(written).toEqual([baseUrl, baseUrl, baseUrl, baseUrl]);
  expect(baseUrl.endsWith('/')).toBe(false);
});

test('AS-01 the metadata never follows the Host header of a request', async () => {
  const options = {
    headers: { host: 'evil.example', 'x-forwarded-host': 'evil.example', forwarded: 'host=evil.example' },
  };
  const body = await new Promise<string>((resolve, reject) => {
    const sent = request(`${wellKnown}/oauth-authorization-server`, options, (answer) => {
      let text = '';
      answer.setEncoding('utf8').on('data', (part: string) => (text += part));
      answer.on('end', () => resolve(text));
    });
    sent.on('error', reject).end();
  });
  expect(body).not.toContain('evil.example');
});

describe('pain 10: what clients probe and is not there', () => {
  const probes = [
    `/.well-known/oauth-authorization-server${mcpPath}`,
    `/.well-known/openid-configuration${mcpPath}`,
    `${mcpPath}/.well-known/openid-configuration`,
    `${mcpPath}/.well-known/oauth-protected-resource`,
    '/.well-known/oauth-protected-resource/no-such-server/mcp',
    '/.well-known/no-such-document',
  ];
  test.each(probes)('%s is JSON, with 404 or the document; never 401, 403 or HTML', async (path) => {
    const answer = await readJson(await fetch(`${baseUrl}${path}`));
    expect([200, 404]).toContain(answer.status);
    expect(answer.headers.get('content-type')).toMatch(/^application\/json\b/);
    if (answer.status === 200) expect(answer.body['issuer']).toBe(baseUrl);
  });
});

describe('AS-09 pain 24: browser scripts of any origin', () => {
  const open = [
    '/.well-known/oauth-authorization-server',
    '/.well-known/openid-configuration',
    '/.well-known/jwks.json',
    '/.well-known/oauth-protected-resource',
    `/.well-known/oauth-protected-resource${mcpPath}`,
    '/register',
    '/token',
  ];
  test.each(open)('%s may be read without credentials, and its preflight is answered', async (path) => {
    const method = path.startsWith('/.well-known') ? 'GET' : 'POST';
    const origin = 'https://inspector.example';
    const answer = await fetch(`${baseUrl}${path}`, { method, headers: { origin } });
    expect(answer.headers.get('access-control-allow-origin')).toBe('*');
    expect(answer.headers.get('access-control-allow-credentials')).toBeNull();
    const asked = 'authorization,content-type,mcp-protocol-version';
    const preflight = await fetch(`${baseUrl}${path}`, {
      method: 'OPTIONS',
      headers: { origin, 'access-control-request-method': method, 'access-control-request-headers': asked },
    });
    expect([200, 204]).toContain(preflight.status);
    expect(preflight.headers.get('access-control-allow-origin')).toBe('*');
    expect(preflight.headers.get('access-control-allow-methods')).toContain(method);
    const allowed = (preflight.headers.get('access-control-allow-headers') ?? '').toLowerCase().split(/\s*,\s*/);
    expect(allowed).toEqual(expect.arrayContaining(asked.split(',')));
  });

  test.each(['/authorize', '/consent', '/callback'])('AS-10 %s has no CORS header', async (path) => {
    const headers = { origin: 'https://evil.example', 'access-control-request-method': 'GET' };
    for (const method of ['GET', 'OPTIONS']) {
      const answer = await fetch(`${baseUrl}${path}`, { method, headers, redirect: 'manual' });
      const names = [...answer.headers.keys()].filter((name) => name.startsWith('access-control-'));
      expect(names, method).toEqual([]);
    }
  });
});
