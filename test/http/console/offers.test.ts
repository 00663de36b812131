import { describe, expect, test } from 'vitest';
import { keyInput } from '../../../lambdas/contract/admin/key-operations.ts';
import { pathDetailType } from '../../../lambdas/core/resource/path-narrowing.ts';
import type { FormValues } from '../../../lambdas/http/console/form-values.ts';
import { fieldsHere, firstValues } from '../../../lambdas/http/console/view/new-form.ts';
import { offersOf } from '../../../lambdas/http/console/view/offers.ts';
import { distance } from '../../../lambdas/http/console/view/time-text.ts';
import { mail, servers, todos } from '../../core/fixtures.ts';

const field = (name: string) => keyInput.find((one) => one.name === name) ?? keyInput[0];
const twin = {
  ...mail,
  scopes: [...mail.scopes, ...todos.scopes.map((scope) => ({ ...scope, description: 'Other' }))],
};

describe('what a form offers to tick', () => {
  test('F-B1 a scope or tool that two servers share stands once, under both names, with what each says of it', () => {
    for (const kind of ['scopes', 'permissions'] as const) {
      const groups = offersOf(kind, [todos, twin]);
      const values = groups.flatMap(({ offers }) => offers.map(({ value }) => value));
      expect(new Set(values).size).toBe(values.length);
      const shared = groups.find(({ title }) => title === `Scopes of ${todos.name}, ${mail.name}`);
      expect(shared?.offers.map(({ value }) => value)).toEqual(todos.scopes.map(({ name }) => name));
      expect(shared?.offers[0]?.description).toBe(`${todos.scopes[0]?.description} / Other`);
      expect(groups.find(({ title }) => title === `Scopes of ${mail.name}`)?.offers).toHaveLength(mail.scopes.length);
    }
  });
});

describe('what stands in a new form', () => {
  test('F-B1 a usual end, and the only server; nothing where there is a choice to make', () => {
    expect(firstValues(field('expires'), servers)).toEqual(['90d']);
    expect(firstValues(field('servers'), [todos])).toEqual([todos.id]);
    expect(firstValues(field('servers'), [todos, { ...mail, apiKeys: 'refused' }])).toEqual([todos.id]);
    expect(firstValues(field('servers'), servers)).toEqual([]);
    expect(firstValues(field('permissions'), [todos])).toEqual([]);
  });

  test('F-B1 paths are asked for only where a server knows them', () => {
    const names = (known: typeof servers, values?: FormValues) =>
      fieldsHere(keyInput, known, values).map(({ name }) => name);
    const plain = servers.map((server) => ({ ...server, authorizationDetailTypes: [] }));
    expect(names(plain)).not.toContain('paths');
    expect(names(plain, { paths: [] })).not.toContain('paths');
    expect(names(plain, { paths: ['a/b'] })).toContain('paths');
    expect(names([...plain, { ...mail, authorizationDetailTypes: [pathDetailType] }])).toContain('paths');
  });
});

describe('how far away a time is', () => {
  test.each([
    ['2027-02-19T11:59:30Z', 'in 90 days'],
    ['2026-11-21T12:59:59Z', 'in 60 minutes'],
    ['2026-11-21T12:00:20Z', 'now'],
    ['2026-11-19T12:00:01Z', '1 day ago'],
    ['2026-11-21T11:58:01Z', '1 minute ago'],
  ])('%s is %s', (iso, words) => {
    expect(distance(iso, Date.UTC(2026, 10, 21, 12) / 1000)).toBe(words);
  });
});
