import { expect, test } from 'vitest';
import { routes } from '../../lambdas/contract/routes.ts';

test('a path belongs to one function and has one CORS rule, so that API Gateway can answer its other verbs', () => {
  const owners = new Map<string, Set<string>>();
  for (const route of routes) {
    const set = owners.get(route.path) ?? new Set();
    owners.set(route.path, set.add(`${route.function} ${route.cors}`));
  }
  expect([...owners].filter(([, set]) => set.size > 1)).toEqual([]);
});

test('AS-10 the authorization endpoint has no CORS', () => {
  expect(routes.filter((route) => route.path === '/authorize').map((route) => route.cors)).toEqual(['none', 'none']);
});
