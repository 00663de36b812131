import { describe, expect, test } from 'vitest';
import { canonicalResource } from '../../lambdas/core/canonical-resource.ts';
import type { ProtectedServer } from '../../lambdas/core/protected-server.ts';
import { mail, refusal, servers, todos } from './fixtures.ts';

const at = (resource: string): ProtectedServer => ({ ...todos, resource });

describe('AS-47 and clients.md pain 7: the registered spelling comes out', () => {
  test.each([
    ['the very same', todos.resource],
    ['a trailing slash', `${todos.resource}/`],
    ['an upper-case scheme', 'HTTPS://gate.example/mcp'],
    ['an upper-case host', 'https://GATE.Example/mcp'],
    ['the default port', 'https://gate.example:443/mcp'],
    ['a query', `${todos.resource}?session=1`],
  ])('%s', (_name, value) => expect(canonicalResource(value, servers)).toBe(todos.resource));

  test.each(['https://gate.example', 'https://gate.example/', 'https://GATE.example:443/?x'])(
    'the origin %s stands for the only server there',
    (value) => expect(canonicalResource(value, [todos])).toBe(todos.resource),
  );
  test('a server at the root is found with and without the slash', () => {
    expect(canonicalResource('https://root.example/', [at('https://root.example')])).toBe('https://root.example');
    expect(canonicalResource('https://root.example', [at('https://root.example'), mail])).toBe('https://root.example');
  });
  test('a server at the root wins over others at its origin', () => {
    const root = at('https://gate.example');
    expect(canonicalResource('https://gate.example/', [todos, root])).toBe(root.resource);
  });
});

describe('AS-47 everything else is invalid_target', () => {
  test.each([
    ['the origin of two servers', 'https://gate.example'],
    ['another host', 'https://other.example/mcp'],
    ['a suffix of the host', 'https://gate.example.evil.example/mcp'],
    ['another scheme', 'http://gate.example/mcp'],
    ['another port', 'https://gate.example:8443/mcp'],
    ['another case of the path', 'https://gate.example/MCP'],
    ['a longer path', 'https://gate.example/mcp/tools'],
    ['two trailing slashes', 'https://gate.example/mcp//'],
    ['a fragment', 'https://gate.example/mcp#x'],
    ['an empty fragment', 'https://gate.example/mcp#'],
    ['a user', 'https://me@gate.example/mcp'],
    ['a relative reference', '/mcp'],
    ['a backslash', 'https:\\\\gate.example/mcp'],
    ['a blank', 'https://gate.example/mcp '],
    ['no URI', 'mcp'],
  ])('%s', async (_name, value) => {
    expect((await refusal(() => canonicalResource(value, servers))).code).toBe('invalid_target');
  });
});
