import { expect, test } from 'vitest';
import { matchResource } from '../../local/api-gateway/match-resource.ts';
import type { ResourceNode } from '../../local/api-gateway/model.ts';
import { evaluatePolicy } from '../../local/api-gateway/policy.ts';
import { clientHeaders, joinHeaders } from '../../local/api-gateway/response-headers.ts';

/** A tree from paths; a path without a method ends in `!`. */
function tree(...paths: string[]): ResourceNode {
  const node = (path: string, part: string): ResourceNode => ({
    resourceId: path,
    path,
    part,
    children: [],
    methods: new Map(),
  });
  const root = node('/', '');
  for (const written of paths) {
    let at = root;
    for (const part of written.replace('!', '').split('/').filter(Boolean)) {
      let child = at.children.find((candidate) => candidate.part === part);
      if (!child) at.children.push((child = node(`${at.path === '/' ? '' : at.path}/${part}`, part)));
      at = child;
    }
    if (!written.endsWith('!'))
      at.methods.set('ANY', { authorizerId: undefined, integration: { kind: 'unsupported', why: '' } });
  }
  return root;
}

const root = tree(
  '/',
  '/a',
  '/a/{id}',
  '/a/fixed',
  '/a/{id}/deep',
  '/a/{rest+}',
  '/empty!',
  '/.well-known/x/{server+}',
);

test.each([
  ['/', '/', {}],
  ['/a', '/a', {}],
  ['/a/', '/a', {}],
  ['/a/fixed', '/a/fixed', {}],
  ['/a/other', '/a/{id}', { id: 'other' }],
  ['/a/b%2Fc', '/a/{id}', { id: 'b/c' }],
  ['/a/other/deep', '/a/{id}/deep', { id: 'other' }],
  ['/a/fixed/deep', '/a/{id}/deep', { id: 'fixed' }],
  ['/a/x/y/z', '/a/{rest+}', { rest: 'x/y/z' }],
  ['/.well-known/x/todo/mcp', '/.well-known/x/{server+}', { server: 'todo/mcp' }],
])('%s is served by %s', (path, resource, parameters) => {
  expect(matchResource(root, path)).toMatchObject({ resource: { path: resource }, parameters });
});

test.each(['/b', '/empty', '/.well-known', '/.well-known/x'])('%s is nowhere', (path) => {
  expect(matchResource(root, path)).toBeUndefined();
});

const arn = 'arn:aws:execute-api:eu-west-1:1:api/prod/POST/mcp';
const statement = (Effect: string, Resource: string | string[], Action = 'execute-api:Invoke') => ({
  Effect,
  Action,
  Resource,
});

test.each([
  ['the exact ARN', [statement('Allow', arn)], 'allow'],
  ['wildcards', [statement('Allow', 'arn:aws:execute-api:*:*:api/*/POST/*')], 'allow'],
  ['one character', [statement('Allow', arn.replace('mcp', 'm?p'))], 'allow'],
  ['one of several resources', [statement('Allow', ['x', arn])], 'allow'],
  ['all actions', [statement('Allow', '*', '*')], 'allow'],
  ['another verb', [statement('Allow', arn.replace('POST', 'GET'))], 'implicit deny'],
  ['another action', [statement('Allow', arn, 's3:GetObject')], 'implicit deny'],
  ['no statement', [], 'implicit deny'],
  ['Deny over Allow', [statement('Allow', '*'), statement('Deny', arn)], 'explicit deny'],
  ['a malformed statement', [{ Effect: 'Maybe', Action: '*', Resource: '*' }], undefined],
])('the policy with %s', (_name, Statement, verdict) => {
  expect(evaluatePolicy({ Statement }, arn)).toBe(verdict);
});

test('no policy at all is malformed', () => {
  expect(evaluatePolicy(undefined, arn)).toBeUndefined();
});

test('WWW-Authenticate of an integration reaches no client under its own name, in any case of letters', () => {
  expect(
    clientHeaders({ 'WWW-Authenticate': ['Bearer'], 'Www-authenticate': ['Basic'], Server: ['me'], TE: ['x'] }),
  ).toEqual({
    'x-amzn-remapped-www-authenticate': ['Basic'],
    'x-amzn-remapped-server': ['me'],
  });
});

test('of a header in both maps the list wins', () => {
  expect(joinHeaders({ 'x-a': 1, 'x-b': 'b' }, { 'X-A': ['2', '3'] })).toEqual({ 'X-A': ['2', '3'], 'x-b': ['b'] });
});
