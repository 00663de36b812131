import { describe, expect, test } from 'vitest';
import { isKnownAt, permissionsOf, rightsAt } from '../../../lambdas/core/api-keys/permissions.ts';
import { missingForCall } from '../../../lambdas/core/resource/missing-for-call.ts';
import { scope, server } from '../../resource/forge.ts';

const rights = (...permissions: string[]) => rightsAt(server, permissions);

/** What a key with these permissions lacks for a tool. */
const missing = (permissions: string[], tool: string, at = server) => {
  const { scopes, tools } = rightsAt(at, permissions);
  return missingForCall(at, { scope: scopes.join(' '), tools, keyId: 'k' }, tool);
};

describe('F-B1 F-E1 permissions of a key at a server', () => {
  test('read is every scope that ends so; write includes it, and what deletes', () => {
    expect(rights('read')).toEqual({ scopes: ['todos:read'] });
    expect(rights('write')).toEqual({ scopes: ['todos:read', 'todos:write', 'todos:delete'] });
  });

  test('a scope is itself, in the order of the server', () =>
    expect(rights('todos:delete', 'todos:read')).toEqual({ scopes: ['todos:read', 'todos:delete'] }));

  test('a server may call its scopes read and write', () => {
    const plain = { scopes: [scope('read', ['a']), scope('write', ['b']), scope('thread', ['c'])] };
    expect(rightsAt(plain, ['read']).scopes).toEqual(['read']);
    expect(rightsAt(plain, ['write']).scopes).toEqual(['read', 'write']);
  });

  test('names that the server does not know give nothing', () =>
    expect(rights('notes:read', 'Read', 'todos', 'constructor', '__proto__')).toEqual({ scopes: [] }));

  test('a tool of another server is none here, and still the key is for tools only', () =>
    expect(rights('tool:read_notes')).toEqual({ scopes: [], tools: [] }));
});

describe('F-E2 which tools a key opens', () => {
  test('single tools: exactly these, not even those that need no scope', () => {
    expect(missing(['tool:delete_todo'], 'delete_todo')).toEqual([]);
    expect(missing(['tool:delete_todo'], 'list_todos')).toEqual(['todos:read']);
    expect(missing(['tool:delete_todo'], 'whoami')).toEqual(['tool:whoami']);
    expect(missing(['tool:read_notes'], 'whoami')).toEqual(['tool:whoami']);
  });

  test('scopes open tools as for OAuth, and the named tools are added', () => {
    const both = ['read', 'tool:delete_todo'];
    expect(missing(both, 'list_todos')).toEqual([]);
    expect(missing(both, 'delete_todo')).toEqual([]);
    expect(missing(both, 'whoami')).toEqual([]);
    expect(missing(both, 'create_todo')).toEqual(['todos:write']);
  });

  test('what a key lacks is one permission, never what it holds already', () =>
    expect(missing(['read'], 'delete_todo')).toEqual(['todos:delete']));

  test('a scope that includes others opens their tools too (RS-08)', () => {
    expect(missing(['todos:write'], 'get_todo')).toEqual([]);
    expect(missing(['todos:*'], 'delete_todo')).toEqual([]);
  });

  test('a scope that the server lost opens nothing', () =>
    expect(missing(['todos:gone'], 'list_todos')).toEqual(['todos:read']));
});

describe('what can be chosen', () => {
  test('everything that means something here', () =>
    expect(permissionsOf(server)).toEqual([
      'read',
      'write',
      ...['todos:read', 'todos:write', 'todos:delete', 'todos:*'],
      ...['list_todos', 'get_todo', 'create_todo', 'update_todo', 'delete_todo'].map((tool) => `tool:${tool}`),
    ]));

  test('a server without scopes is open to reading and writing, and tells nothing of its tools', () => {
    const open = { scopes: [] };
    expect(permissionsOf(open)).toEqual(['read', 'write']);
    expect(isKnownAt(open, 'tool:anything')).toBe(true);
    expect(isKnownAt(open, 'tool:')).toBe(false);
    expect(rightsAt(open, ['tool:anything'])).toEqual({ scopes: [], tools: ['anything'] });
  });

  test('read means nothing where no scope is for reading', () => {
    expect(isKnownAt({ scopes: [scope('share', [])] }, 'read')).toBe(false);
    expect(isKnownAt({ scopes: [scope('share', ['x'])] }, 'tool:y')).toBe(false);
  });
});
