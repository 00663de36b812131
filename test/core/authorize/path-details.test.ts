import { describe, expect, test } from 'vitest';
import { pathsIn } from '../../../lambdas/core/authorization-details/path-details.ts';
import { checkAuthorizationRequest } from '../../../lambdas/core/authorize/pipeline.ts';
import { claimsOf, redeem, refresh } from '../grants/flow.ts';
import { refusal, todos } from '../fixtures.ts';
import { useHouse } from '../house.ts';
import { codeOf, requestOf } from './walk.ts';

const makeHouse = useHouse();
const servers = [{ ...todos, authorizationDetailTypes: ['mcp_paths', 'folder'] }];

async function newHouse(types = servers) {
  const house = await makeHouse();
  return { ...house, deps: { ...house.deps, servers: types } };
}

const narrow = { type: 'mcp_paths', paths: ['workspace/acme/project/x', 'workspace/zeta'] };
const other = { type: 'folder', path: 'x' };

describe('F-E5 details of the type mcp_paths are understood', () => {
  test.each<[string, object]>([
    ['no paths', { type: 'mcp_paths' }],
    ['an empty list', { type: 'mcp_paths', paths: [] }],
    ['a path that is no list', { type: 'mcp_paths', paths: 'workspace' }],
    ['a path that is no text', { type: 'mcp_paths', paths: ['a', 1] }],
    ['a way up', { type: 'mcp_paths', paths: ['a/../b'] }],
    ['a leading slash', { type: 'mcp_paths', paths: ['/a'] }],
    ['an empty path', { type: 'mcp_paths', paths: [''] }],
    ['too many', { type: 'mcp_paths', paths: Array.from({ length: 21 }, (_, index) => `p${index}`) }],
    ['a limit that nobody would keep', { ...narrow, actions: ['read'] }],
  ])('%s: invalid_authorization_details', async (_, detail) => {
    const house = await newHouse();
    const request = requestOf(house, { authorization_details: JSON.stringify([detail]) });
    expect(await checkAuthorizationRequest(request, house.deps)).toMatchObject({
      kind: 'rejected',
      error: { code: 'invalid_authorization_details' },
    });
  });

  test('a server takes them only if it says so', async () => {
    const house = await newHouse([{ ...todos, authorizationDetailTypes: ['folder'] }]);
    const request = requestOf(house, { authorization_details: JSON.stringify([narrow]) });
    expect(await checkAuthorizationRequest(request, house.deps)).toMatchObject({ kind: 'rejected' });
  });

  test('they travel to the token as they were sent', async () => {
    const house = await newHouse();
    const code = await codeOf(house, requestOf(house, { authorization_details: JSON.stringify([narrow]) }));
    const { access_token } = await redeem(house, code);
    expect(claimsOf(access_token)['authorization_details']).toEqual([narrow]);
  });

  test('a token request cannot leave them out, because without them it would open more', async () => {
    const house = await newHouse();
    const code = await codeOf(house, requestOf(house, { authorization_details: JSON.stringify([narrow, other]) }));
    const wider = { authorization_details: JSON.stringify([other]) };
    expect((await refusal(() => redeem(house, code, wider))).code).toBe('invalid_authorization_details');
    const { refresh_token } = await redeem(house, code, { authorization_details: JSON.stringify([narrow]) });
    expect((await refusal(() => refresh(house, refresh_token, wider))).code).toBe('invalid_authorization_details');
  });
});

describe('the paths of a token', () => {
  test('are those of all details of the type; without one it is not narrowed', () => {
    expect(pathsIn(undefined)).toBeUndefined();
    expect(pathsIn([other])).toBeUndefined();
    expect(pathsIn([narrow, other, { type: 'mcp_paths', paths: ['a', 'workspace/zeta'] }])).toEqual([
      ...narrow.paths,
      'a',
    ]);
  });

  test('are never guessed: a token with others than requests may have is refused', () => {
    expect(() => pathsIn([{ type: 'mcp_paths', paths: [] }])).toThrow('at least one path');
    expect(() => pathsIn([narrow, { type: 'mcp_paths' }])).toThrow('at least one path');
  });
});
