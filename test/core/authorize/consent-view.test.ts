import { describe, expect, test } from 'vitest';
import { consentView } from '../../../lambdas/core/authorize/consent-view.ts';
import { mail, publicClient, servers, todos } from '../fixtures.ts';

const request = {
  clientId: 'client-1',
  redirectUri: 'https://client.example/cb',
  codeChallenge: 'c',
  resources: [todos.resource],
  scopes: ['todos:read', 'todos:write'],
};

test('AS-28 AS-49 the page names client, evidence, redirect host, server, scopes and tools', () => {
  expect(consentView(request, publicClient, servers)).toEqual({
    clientName: 'Test Client',
    clientId: 'client-1',
    evidence: 'self-asserted',
    redirect: { kind: 'https', host: 'client.example' },
    servers: [
      {
        name: 'Todos',
        resource: todos.resource,
        scopes: [
          {
            name: 'todos:read',
            tick: 'todos:read',
            description: 'May todos:read',
            tools: ['tool todos:read'],
            includes: [],
            optional: false,
          },
          {
            name: 'todos:write',
            tick: 'todos:write',
            description: 'May todos:write',
            tools: ['tool todos:read', 'tool todos:write'],
            includes: ['todos:read'],
            optional: true,
          },
        ],
        allowedBefore: [],
      },
    ],
    authorizationDetails: [],
  });
});

describe('AS-28 where the answer goes', () => {
  test.each([
    ['https://client.example:8443/cb?x=1', 'https', 'client.example:8443'],
    ['https://client.example?x=1', 'https', 'client.example'],
    ['http://localhost:3000/callback', 'loopback', 'localhost:3000'],
    ['http://[::1]:9/cb', 'loopback', '[::1]:9'],
    ['cursor://anysphere.cursor-mcp/oauth/callback', 'private-use', 'cursor://anysphere.cursor-mcp'],
    ['com.example.app:/cb', 'private-use', 'com.example.app:'],
  ])('%s', (redirectUri, kind, host) => {
    expect(consentView({ ...request, redirectUri }, publicClient, servers).redirect).toEqual({ kind, host });
  });
});

test('only what was asked is shown, server by server', () => {
  const both = { ...request, resources: [mail.resource, todos.resource], scopes: ['todos:read', 'mail:send'] };
  const shown = consentView(both, publicClient, servers).servers;
  expect(shown.map(({ name, scopes }) => [name, scopes.map((scope) => scope.name)])).toEqual([
    ['Mail', ['mail:send']],
    ['Todos', ['todos:read']],
  ]);
});

test('AS-28 the host of a metadata document is verified, and nothing of its other members is', () => {
  const client = { ...publicClient, clientId: 'https://publisher.example:8443/a', kind: 'metadata-document' } as const;
  expect(consentView(request, client, servers)).toMatchObject({
    evidence: 'verified-host',
    verifiedHost: 'publisher.example:8443',
  });
});

test('a client without a name is shown by its id, an administrator’s client as such', () => {
  const { clientName: _, ...nameless } = publicClient;
  const view = consentView(request, { ...nameless, kind: 'pre-registered', policyUri: 'https://p.example/' }, servers);
  expect(view).toMatchObject({ clientName: 'client-1', evidence: 'administrator', policyUri: 'https://p.example/' });
});
