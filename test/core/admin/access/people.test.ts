import { describe, expect, test } from 'vitest';
import { listConsents } from '../../../../lambdas/core/admin/consents/list.ts';
import { getPerson } from '../../../../lambdas/core/admin/people/get.ts';
import { revokePerson } from '../../../../lambdas/core/admin/people/revoke.ts';
import { todos } from '../../fixtures.ts';
import { useHouse } from '../../house.ts';
import { refused } from '../clients/scene.ts';
import { members, open } from './scene.ts';

const newHouse = useHouse();

describe('F-D6 people', () => {
  test('have a row, with the address of their newest session and when everything ended', async () => {
    const { house, run, signIn } = open(await newHouse());
    const { sub } = house.person;
    expect(await run(getPerson, { key: sub })).toEqual({ person: sub });
    await signIn();
    expect(await run(getPerson, { key: sub })).toEqual({ person: sub, email: 'p@x.example' });
    const row = { person: sub, email: 'p@x.example', revokedAt: '2026-11-21T12:00:00Z' };
    expect(await run(revokePerson, { key: sub })).toEqual(row);
    expect(members('people')).toEqual(expect.arrayContaining(Object.keys(row)));
  });

  test('ending everything forgets hundreds of consents, and is recorded for both', async () => {
    const { house, run, allow, list, deps } = open(await newHouse());
    const { sub } = house.person;
    const some = Array.from({ length: 230 }, (_, at) => `client-${at}`);
    await Promise.all(some.map((clientId) => allow(todos.resource, sub, clientId)));
    await run(revokePerson, { key: sub });
    expect(await deps.consentList.list({ person: sub }, { limit: 100 })).toEqual({ items: [] });
    expect((await list(listConsents)).items).toEqual([]);
    expect(deps.audit.events.slice(-2)).toEqual([
      { type: 'admin.person.revoked', sub: 'ada', changed: `person:${sub}` },
      { type: 'person.revoked', sub, reason: 'admin' },
    ]);
  });

  test('somebody who was never here can be ended too', async () => {
    const { house, run } = open(await newHouse());
    const key = `${house.person.sub}-never`;
    expect(await run(revokePerson, { key })).toEqual({ person: key, revokedAt: '2026-11-21T12:00:00Z' });
  });

  test.each(['', 'x'.repeat(501)])('what cannot be a subject is nobody', async (key) => {
    const { run } = open(await newHouse());
    expect((await refused(run(getPerson, { key }))).kind).toBe('not_found');
    expect((await refused(run(revokePerson, { key }))).kind).toBe('not_found');
  });
});
