import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { issuer, mail, servers, signingKey, todos } from '../core/fixtures.ts';
import { discoveryApp } from '../../lambdas/http/discovery-app.ts';
import { errorGuide } from '../../lambdas/http/error-guide.ts';
import type { Desk } from './desk.ts';
import { startDesk } from './desk.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await startDesk();
});
afterAll(() => desk.stop());

const get = (path: string) => desk.discovery.request(`${issuer}${path}`);

describe('AS-01, AS-02 authorization server metadata', () => {
  test.each(['oauth-authorization-server', 'openid-configuration'])('/.well-known/%s', async (name) => {
    const answer = await get(`/.well-known/${name}`);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toMatch(/^application\/json/);
    expect(answer.headers.get('access-control-allow-origin')).toBe('*');
    expect(answer.headers.get('cache-control')).toBe('public, max-age=300');
    expect(await answer.json()).toMatchObject({
      issuer,
      authorization_endpoint: `${issuer}/authorize`,
      token_endpoint: `${issuer}/token`,
      registration_endpoint: `${issuer}/register`,
      jwks_uri: `${issuer}/.well-known/jwks.json`,
      response_types_supported: ['code'],
      code_challenge_methods_supported: ['S256'],
      authorization_response_iss_parameter_supported: true,
    });
  });

  test('AS-05 AS-06 names no way in that is switched off', async () => {
    const settings = {
      brand: { name: 'G', accentColor: '#000000' },
      registration: { dynamic: false },
      metadataDocuments: { enabled: false, allowHosts: [], denyHosts: [] },
    };
    const signingKeys = { list: async () => [] };
    const app = discoveryApp({ issuer, settings, servers, signingKeys, log: desk.deps.log });
    const answer = await app.request('/.well-known/oauth-authorization-server');
    const metadata = await answer.json();
    expect(metadata).not.toHaveProperty('registration_endpoint');
    expect(metadata).not.toHaveProperty('client_id_metadata_document_supported');
  });

  test('AS-01 an issuer with a path stays byte-identical', async () => {
    const at = 'https://api.example/prod';
    const signingKeys = { list: async () => [] };
    const app = discoveryApp({
      ...desk.deps,
      settings: {
        ...desk.deps.settings,
        registration: { dynamic: true },
        metadataDocuments: { enabled: true, allowHosts: [], denyHosts: [] },
      },
      issuer: at,
      signingKeys,
    });
    expect(await (await app.request('/.well-known/oauth-authorization-server')).json()).toMatchObject({
      issuer: at,
      token_endpoint: `${at}/token`,
      client_id_metadata_document_supported: true,
    });
  });
});

test('the key set is public, and holds public keys only', async () => {
  const answer = await get('/.well-known/jwks.json');
  expect(answer.headers.get('cache-control')).toBe('public, max-age=300');
  expect(answer.headers.get('access-control-allow-origin')).toBe('*');
  const { keys } = (await answer.json()) as { keys: Record<string, string>[] };
  expect(keys).toEqual([signingKey.publicJwk]);
  for (const member of ['d', 'p', 'q', 'dp', 'dq', 'qi', 'k']) expect(keys[0]).not.toHaveProperty(member);
});

describe('RS-03 protected resource metadata', () => {
  const document = (server: typeof todos) => ({
    resource: server.resource,
    authorization_servers: [issuer],
    scopes_supported: server.scopes.map(({ name }) => name),
    bearer_methods_supported: ['header'],
    resource_name: server.name,
    dpop_signing_alg_values_supported: ['ES256', 'EdDSA', 'Ed25519', 'PS256', 'RS256'],
    dpop_bound_access_tokens_required: false,
  });

  test.each([
    ['the path form', '/mcp', todos],
    ['the path form of the second server', '/mail', mail],
    ['a path with a slash at the end', '/mcp/', todos],
    ['the root form, for the first server', '', todos],
  ])('%s', async (_name, path, server) => {
    const answer = await get(`/.well-known/oauth-protected-resource${path}`);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('access-control-allow-origin')).toBe('*');
    expect(await answer.json()).toEqual(document(server));
  });

  test('RS-04 never lists offline_access', async () => {
    expect(await (await get('/.well-known/oauth-protected-resource')).text()).not.toContain('offline_access');
  });

  test.each(['/unknown', '/mcp/deeper', '/MCP', '/%6Dcp%00'])('%s is 404 in JSON', async (path) => {
    const answer = await get(`/.well-known/oauth-protected-resource${path}`);
    expect(answer.status).toBe(404);
    expect(answer.headers.get('content-type')).toMatch(/^application\/json/);
    expect(answer.headers.get('access-control-allow-origin')).toBe('*');
    expect(answer.headers.get('cache-control')).toBe('no-store');
  });
});

describe('F-A12 every error code has a page', () => {
  test.each(Object.keys(errorGuide))('%s: cause, cure, where it is defined', async (code) => {
    const answer = await get(`/errors/${code}`);
    const page = await answer.text();
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(answer.headers.get('x-frame-options')).toBe('DENY');
    expect(answer.headers.get('content-security-policy')).toContain("form-action 'none'");
    expect(page).toContain(`<h1>${code}</h1>`);
    expect(page).toMatch(/https:\/\/(datatracker\.ietf\.org|www\.rfc-editor\.org|openid\.net)\//);
  });

  test.each(['nothing', 'toString', '__proto__', '%3Cscript%3Ealert(1)%3C%2Fscript%3E'])(
    '%s: 404 page',
    async (code) => {
      const answer = await get(`/errors/${code}`);
      expect(answer.status).toBe(404);
      expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
      expect(await answer.text()).not.toContain('<script');
    },
  );
});
