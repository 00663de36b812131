import { describe, expect, test } from 'vitest';
import { revokePerson } from '../../../../lambdas/core/admin/people/revoke.ts';
import { getSession } from '../../../../lambdas/core/admin/sessions/get.ts';
import { listSessions } from '../../../../lambdas/core/admin/sessions/list.ts';
import { revokeSession } from '../../../../lambdas/core/admin/sessions/revoke.ts';
import { codeFor } from '../../grants/flow.ts';
import { useHouse } from '../../house.ts';
import { refused } from '../clients/scene.ts';
import { members, open } from './scene.ts';
import type { List } from './scene.ts';

const newHouse = useHouse();

describe('F-D1 sessions', () => {
  test('have a row each: client, person, address, servers, times', async () => {
    const { house, list, signIn, run } = open(await newHouse());
    const gid = await signIn();
    const { items } = await list(listSessions);
    expect(items).toEqual([
      {
        session: gid,
        clientName: 'Test Client',
        email: 'p@x.example',
        servers: ['todos'],
        startedAt: '2026-11-21T12:00:00Z',
        endsAt: '2026-12-21T12:00:00Z',
        person: house.person.sub,
        client: house.client.clientId,
        scopes: ['todos:read', 'todos:write'],
        signedInAt: '2026-11-21T12:00:00Z',
        endsAtLatest: '2027-02-19T12:00:00Z',
      },
    ]);
    expect(members('sessions')).toEqual(expect.arrayContaining(Object.keys(items[0] ?? {})));
    expect(await run(getSession, { key: gid })).toEqual(items[0]);
  });

  test('are listed by person and by client, page by page, the newest first', async () => {
    const { house, list, signIn } = open(await newHouse());
    const gids: string[] = [];
    for (let count = 0; count < 5; count++) {
      gids.unshift(await signIn());
      house.deps.clock.forward(1);
    }
    const seen: unknown[] = [];
    for (let cursor: string | undefined, turn = 0; turn === 0 || cursor !== undefined; turn++) {
      const page: List = await list(listSessions, { client: house.client.clientId }, 2, cursor);
      seen.push(...page.items.map(({ session }) => session));
      cursor = page.next;
    }
    expect(seen).toEqual(gids);
    const both = { person: house.person.sub, client: house.client.clientId };
    expect((await list(listSessions, both)).items).toHaveLength(5);
    expect((await list(listSessions, { ...both, client: 'other' })).items).toEqual([]);
    expect((await list(listSessions, { person: 'nobody' })).items).toEqual([]);
  });

  test('a page costs one read of what was revoked, however many people are on it', async () => {
    const { house, list, signIn } = open(await newHouse());
    for (let count = 0; count < 8; count++) {
      await signIn({ ...house, person: { ...house.person, sub: `${house.person.sub}-${count}` } });
    }
    delete house.calls['latestOfEach'];
    const { items } = await list(listSessions, { client: house.client.clientId });
    expect(items).toHaveLength(8);
    expect(house.calls['latestOfEach']).toBe(1);
  });

  test('ending one takes it from the list, and is recorded for both who did it and whose it was', async () => {
    const { house, list, signIn, run, deps } = open(await newHouse());
    const [kept, gid] = [await signIn(), await signIn()];
    expect(await run(revokeSession, { key: gid })).toEqual({});
    expect((await list(listSessions)).items.map(({ session }) => session)).toEqual([kept]);
    const about = { gid, clientId: house.client.clientId };
    expect(deps.audit.events.slice(-2)).toEqual([
      { type: 'admin.session.revoked', sub: 'ada', ...about, changed: `person:${house.person.sub}` },
      { type: 'session.revoked', sub: house.person.sub, ...about, reason: 'admin' },
    ]);
    const before = deps.audit.events.length;
    expect(await run(revokeSession, { key: gid })).toEqual({});
    expect(deps.audit.events).toHaveLength(before);
    expect((await refused(run(getSession, { key: gid }))).kind).toBe('not_found');
  });

  test('what a mark has ended is no session any more', async () => {
    const { house, list, signIn, run } = open(await newHouse());
    const gid = await signIn();
    await run(revokePerson, { key: house.person.sub });
    expect((await list(listSessions)).items).toEqual([]);
    expect((await list(listSessions, { client: house.client.clientId })).items).toEqual([]);
    expect((await refused(run(getSession, { key: gid }))).kind).toBe('not_found');
  });

  test('a code is none, and neither is what nobody has', async () => {
    const { house, run } = open(await newHouse());
    const { gid } = await codeFor(house);
    for (const key of [gid, 'nobody', '', '../x', 'x'.repeat(65)]) {
      expect((await refused(run(getSession, { key }))).kind).toBe('not_found');
      expect((await refused(run(revokeSession, { key }))).kind).toBe('not_found');
    }
    expect((await house.deps.grants.find(gid))?.state).toBe('code');
  });
});
