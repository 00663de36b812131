import { describe, expect, test } from 'vitest';
import { expandScopes } from '../../lambdas/core/resource/expand-scopes.ts';
import { missingForCall } from '../../lambdas/core/resource/missing-for-call.ts';
import { scopesForTool } from '../../lambdas/core/resource/scopes-for-tool.ts';
import { scope, server } from './forge.ts';

const expand = (...scopes: string[]) => [...expandScopes(scopes, server)].sort();

describe('RS-08 a broader scope includes the narrower ones', () => {
  test('a scope is at least itself', () => expect(expand('todos:read')).toEqual(['todos:read']));

  test('through implies', () => expect(expand('todos:write')).toEqual(['todos:read', 'todos:write']));

  test('over any number of steps, in circles too', () => {
    const circle = { scopes: [scope('a', [], ['b']), scope('b', [], ['c']), scope('c', [], ['a']), scope('d', [])] };
    expect([...expandScopes(['a'], circle)].sort()).toEqual(['a', 'b', 'c']);
  });

  test('by a wildcard name', () =>
    expect(expand('todos:*')).toEqual(['todos:*', 'todos:delete', 'todos:read', 'todos:write']));

  test('by a wildcard in implies', () => {
    const other = { scopes: [scope('admin', [], ['todos:*']), scope('todos:read', []), scope('todosx', [])] };
    expect([...expandScopes(['admin'], other)].sort()).toEqual(['admin', 'todos:read']);
  });

  test('a wildcard stops at its colon', () => {
    const other = { scopes: [scope('a:*', []), scope('a:b:c', []), scope('ab:c', []), scope('a', [])] };
    expect([...expandScopes(['a:*'], other)].sort()).toEqual(['a:*', 'a:b:c']);
  });

  test('a scope that the server does not know opens nothing, not even as a wildcard', () =>
    expect(expand('other:*', '*', 'TODOS:READ', 'offline_access', '')).toEqual([]));
});

describe('what a call needs', () => {
  test('a tool is opened by the scopes that list it', () =>
    expect(scopesForTool(server, 'get_todo').map(({ name }) => name)).toEqual(['todos:read']));

  test('a tool that no scope lists is open to every valid token', () =>
    expect(missingForCall(server, { scope: '' }, 'whoami')).toEqual([]));

  test('an implied scope opens a tool', () => {
    expect(missingForCall(server, { scope: 'todos:write' }, 'list_todos')).toEqual([]);
    expect(missingForCall(server, { scope: 'todos:*' }, 'delete_todo')).toEqual([]);
  });

  test('RS-07 the challenge names what is missing and repeats what is granted', () => {
    expect(missingForCall(server, { scope: 'todos:read' }, 'delete_todo')).toEqual(['todos:read', 'todos:delete']);
    expect(missingForCall(server, { scope: '' }, 'delete_todo')).toEqual(['todos:delete']);
    expect(missingForCall(server, { scope: 'unknown todos:write' }, 'delete_todo')).toEqual([
      'todos:write',
      'todos:delete',
    ]);
  });

  test('of several scopes that open a tool the narrowest is asked for', () => {
    const two = { scopes: [scope('all', ['x'], ['one', 'two']), scope('one', ['x']), scope('two', [])] };
    expect(missingForCall(two, { scope: '' }, 'x')).toEqual(['one']);
  });

  test('a part of a scope name is not the scope', () =>
    expect(missingForCall(server, { scope: 'todos:read2 todos' }, 'get_todo')).toEqual(['todos:read']));
});
