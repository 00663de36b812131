import { describe, expect, test } from 'vitest';
import { canonicalResource } from '../../lambdas/core/canonical-resource.ts';
import { serverOf } from '../../lambdas/core/grants/server-of.ts';
import { authorizationServerMetadata } from '../../lambdas/core/metadata.ts';
import type { ProtectedServer } from '../../lambdas/core/protected-server.ts';
import { checkAuthorizationRequest } from '../../lambdas/core/authorize/pipeline.ts';
import { discoveryApp } from '../../lambdas/http/discovery-app.ts';
import { codeOf, requestOf } from './authorize/walk.ts';
import { issuer, mail, refusal, servers, signingKey, todos } from './fixtures.ts';
import { redeem, refresh } from './grants/flow.ts';
import { useHouse } from './house.ts';

const makeHouse = useHouse();
const only = { ...todos, apiKeys: 'only', authorizationDetailTypes: ['folder'] } as const;

async function houseOf(...known: ProtectedServer[]) {
  const house = await makeHouse();
  return { ...house, deps: { ...house.deps, servers: known } };
}

const log = { info: () => {}, error: () => {} };
const settings = {
  brand: { name: 'Gatehouse', accentColor: '#2f5fd0' },
  registration: { dynamic: true },
  metadataDocuments: { enabled: true, allowHosts: [], denyHosts: [] },
};
const discovery = (...known: readonly ProtectedServer[]) =>
  discoveryApp({ issuer, settings, servers: known, signingKeys: { list: async () => [signingKey] }, log });

describe('a server that takes API keys only', () => {
  test('gets no token: invalid_target, and the cure', async () => {
    const house = await houseOf(only, mail);
    const outcome = await checkAuthorizationRequest(requestOf(house), house.deps);
    expect(outcome).toMatchObject({
      kind: 'rejected',
      error: { code: 'invalid_target', message: expect.stringContaining('API keys only') },
    });
  });

  test.each([todos.resource, `${todos.resource}/`, todos.resource.toUpperCase().replace('/MCP', '/mcp')])(
    'however it is spelled: %s',
    async (value) => expect((await refusal(() => canonicalResource(value, [only, mail]))).reason).toBe('keys_only'),
  );

  test('the bare origin means the one that takes tokens', () => {
    expect(canonicalResource(issuer, [only, mail])).toBe(mail.resource);
  });

  test('is never the default: the first one that takes tokens is, and where there is none there is no token', async () => {
    const house = await houseOf(only, mail);
    const asked = requestOf(house, { resource: undefined, scope: undefined });
    const outcome = await checkAuthorizationRequest(asked, house.deps);
    expect(outcome).toMatchObject({ kind: 'accepted', request: { resources: [mail.resource] } });
    expect(serverOf(undefined, [only, mail])).toBe(mail);
    expect((await refusal(() => serverOf(undefined, [only]))).reason).toBe('keys_only');
    expect((await refusal(() => serverOf(only.resource, [only]))).reason).toBe('keys_only');
    expect((await refusal(() => serverOf('https://x.example', [only]))).message).toContain('unknown here');
  });

  test('a grant from before opens it no more', async () => {
    const house = await houseOf(...servers);
    const { refresh_token } = await redeem(house, await codeOf(house, requestOf(house)));
    const later = { ...house, deps: { ...house.deps, servers: [only, mail] as ProtectedServer[] } };
    expect((await refusal(() => refresh(later, refresh_token))).code).toBe('invalid_grant');
  });

  test('stands in no metadata', async () => {
    const endpoints = { authorization: '', token: '', jwks: '', userinfo: '', revocation: '', introspection: '' };
    const more = { pushedAuthorizationRequest: '', deviceAuthorization: '' };
    const metadata = authorizationServerMetadata({
      issuer,
      endpoints: { ...endpoints, ...more },
      servers: [only, mail],
    });
    expect(metadata['protected_resources']).toEqual([mail.resource]);
    expect(metadata['scopes_supported']).not.toContain('todos:read');
    expect(metadata).not.toHaveProperty('authorization_details_types_supported');
  });

  test('RS-03 has no metadata of its own; the root form is that of the first one that takes tokens', async () => {
    const at = (app: ReturnType<typeof discovery>, path: string) =>
      app.request(`/.well-known/oauth-protected-resource${path}`);
    const app = discovery(only, mail);
    expect((await at(app, only.path)).status).toBe(404);
    expect(await (await at(app, '')).json()).toMatchObject({ resource: mail.resource });
    expect((await at(discovery(only), '')).status).toBe(404);
  });
});

test('a server that takes no API keys is as ever for tokens', () => {
  const refused = { ...todos, apiKeys: 'refused' } as const;
  expect(serverOf(undefined, [refused])).toBe(refused);
  expect(canonicalResource(todos.resource, [refused])).toBe(todos.resource);
});
