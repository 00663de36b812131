import { describe, expect, test } from 'vitest';
import { readConsentKey, writeConsentKey } from '../../../../lambdas/core/admin/consents/consent-key.ts';
import { getConsent } from '../../../../lambdas/core/admin/consents/get.ts';
import { listConsents } from '../../../../lambdas/core/admin/consents/list.ts';
import { revokeConsent } from '../../../../lambdas/core/admin/consents/revoke.ts';
import { mail, todos } from '../../fixtures.ts';
import { useHouse } from '../../house.ts';
import { refused } from '../clients/scene.ts';
import { members, open } from './scene.ts';

const newHouse = useHouse();

describe('F-D3 consents', () => {
  test('have a row each, by person and by client', async () => {
    const { house, list, run, allow } = open(await newHouse());
    const { sub } = house.person;
    await allow();
    const { items } = await list(listConsents);
    const key = writeConsentKey({ sub, clientId: house.client.clientId, resource: todos.resource });
    expect(items).toEqual([
      {
        consent: key,
        clientName: 'Test Client',
        person: sub,
        server: 'todos',
        scopes: ['todos:read'],
        updatedAt: '2026-11-21T12:00:00Z',
        client: house.client.clientId,
        redirectUris: ['https://client.example/cb'],
      },
    ]);
    expect(members('consents')).toEqual(expect.arrayContaining(Object.keys(items[0] ?? {})));
    expect((await list(listConsents, { client: house.client.clientId })).items).toEqual(items);
    expect(await run(getConsent, { key })).toEqual(items[0]);
  });

  test('ending one ends what the client was allowed at every server, and nothing of others', async () => {
    const { house, list, run, allow, deps } = open(await newHouse());
    const { sub } = house.person;
    const { clientId } = house.client;
    await Promise.all([
      allow(),
      allow(mail.resource),
      allow(todos.resource, `${sub}-2`),
      allow(todos.resource, sub, 'c'),
    ]);
    const key = writeConsentKey({ sub, clientId, resource: todos.resource });
    expect(await run(revokeConsent, { key })).toEqual({});
    expect((await list(listConsents)).items).toMatchObject([{ client: 'c' }]);
    expect(await house.deps.consents.find(sub, clientId, mail.resource)).toBeUndefined();
    expect(await house.deps.consents.find(`${sub}-2`, clientId, todos.resource)).toBeDefined();
    expect((await refused(run(getConsent, { key }))).kind).toBe('not_found');
    expect(deps.audit.types().slice(-2)).toEqual(['admin.consent.revoked', 'consent.revoked']);
    expect(await run(revokeConsent, { key })).toEqual({});
  });

  test('what a mark has ended is none, even if nobody has deleted it', async () => {
    const { house, list, run, allow, deps } = open(await newHouse());
    const { clientId } = house.client;
    await allow();
    await deps.revocations.revoke({ kind: 'client', clientId }, deps.clock.now());
    expect((await list(listConsents)).items).toEqual([]);
    const key = writeConsentKey({ sub: house.person.sub, clientId, resource: todos.resource });
    expect((await refused(run(getConsent, { key }))).kind).toBe('not_found');
  });

  test('of the ones that nobody gave, none can be ended', async () => {
    const { house, run } = open(await newHouse());
    const key = writeConsentKey({ sub: 'nobody', clientId: house.client.clientId, resource: todos.resource });
    expect((await refused(run(revokeConsent, { key }))).kind).toBe('not_found');
    expect((await refused(run(getConsent, { key }))).kind).toBe('not_found');
  });

  const spelled = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  test.each([
    ['empty', ''],
    ['no base64url', '*'],
    ['no JSON', Buffer.from('[').toString('base64url')],
    ['no array', spelled({ length: 3 })],
    ['null', spelled(null)],
    ['too short', spelled(['a', 'b'])],
    ['too long', spelled(['a', 'b', 'c', 'd'])],
    ['with an empty name', spelled(['a', '', 'c'])],
    ['with a number', spelled(['a', 1, 'c'])],
    ['spelled with padding', `${spelled(['a', 'b', 'ccc'])}==`],
    ['spelled with spaces', Buffer.from('["a", "b", "c"]').toString('base64url')],
    ['spelled with escapes', Buffer.from('["\\u0061","b","c"]').toString('base64url')],
  ])('a key that is %s is nobody’s', async (_, key) => {
    const { run } = open(await newHouse());
    expect((await refused(run(getConsent, { key }))).kind).toBe('not_found');
    expect((await refused(run(revokeConsent, { key }))).kind).toBe('not_found');
  });

  test('keys hold any name', () => {
    const names = { sub: 'ü"\\ \u2028 #', clientId: 'https://a.example/c?x=[1]', resource: 'https://b.example/mcp' };
    expect(readConsentKey(writeConsentKey(names))).toEqual(names);
  });
});
