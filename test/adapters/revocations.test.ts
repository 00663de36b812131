import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dynamoRevocations, revocationId } from '../../lambdas/adapters/dynamodb/revocations.ts';
import type { Revocations, RevocationTarget } from '../../lambdas/core/ports/revocations.ts';
import { engines } from '../rig/engines.ts';
import type { Storage } from './tables.ts';
import { storageFor, twentyTimes } from './tables.ts';

const now = 1_800_000_000;
let counter = 0;

/** Targets that no other test uses. */
function targets() {
  counter += 1;
  const [sub, clientId] = [`person-${counter}`, `client-${counter}`];
  return {
    person: { kind: 'person', sub },
    client: { kind: 'client', clientId },
    consent: { kind: 'consent', sub, clientId },
  } as const;
}

describe.each(engines)('revocations in DynamoDB (%s)', (kind) => {
  let storage: Storage;
  let revocations: Revocations;

  beforeAll(async () => {
    storage = await storageFor(kind, 'Revocations');
    revocations = dynamoRevocations(storage.db, 'Revocations');
  });
  afterAll(() => storage.stop());

  test('nothing is revoked until it is', async () => {
    const { person, client, consent } = targets();
    expect(await revocations.latest([person, client, consent])).toBe(0);
    expect(await revocations.latest([])).toBe(0);
    expect(await revocations.latestOfEach([])).toEqual([]);
    await revocations.revoke(person, now);
    expect(await revocations.latest([client, person, consent])).toBe(now);
    expect(await revocations.latestOfEach([client, person, consent, person])).toEqual([0, now, 0, now]);
  });

  test('the second only ever grows, whoever comes last', async () => {
    const { person } = targets();
    await revocations.revoke(person, now);
    await revocations.revoke(person, now - 5);
    expect(await revocations.latest([person])).toBe(now);
    await twentyTimes((index) => revocations.revoke(person, now + ((index * 7) % 20)));
    expect(await revocations.latest([person])).toBe(now + 19);
    await revocations.revoke(person, now + 19);
    expect(await revocations.latest([person])).toBe(now + 19);
  });

  test('of several the latest counts', async () => {
    const { person, client, consent } = targets();
    await Promise.all([revocations.revoke(client, now), revocations.revoke(consent, now + 9)]);
    expect(await revocations.latest([person, client, consent])).toBe(now + 9);
  });

  test('hundreds of targets come back in their order', async () => {
    const { sub } = targets().person;
    const many = Array.from({ length: 230 }, (_, at): RevocationTarget => ({ kind: 'person', sub: `${sub}-${at}` }));
    const some = many.filter((_, at) => at % 3 === 0);
    await Promise.all(some.map((target, at) => revocations.revoke(target, now + at)));
    const wanted = many.map((_, at) => (at % 3 === 0 ? now + at / 3 : 0));
    expect(await revocations.latestOfEach(many)).toEqual(wanted);
  });

  test('no name passes for another, and none is too long', async () => {
    const long = 'x'.repeat(3000);
    const alike: RevocationTarget[] = [
      { kind: 'person', sub: 'a' },
      { kind: 'client', clientId: 'a' },
      { kind: 'person', sub: 'a","b' },
      { kind: 'consent', sub: 'a', clientId: 'b' },
      { kind: 'consent', sub: 'a#b', clientId: '' },
      { kind: 'consent', sub: '', clientId: 'a#b' },
      { kind: 'consent', sub: 'b', clientId: 'a' },
      { kind: 'person', sub: long },
      { kind: 'client', clientId: long },
      { kind: 'consent', sub: long, clientId: long },
    ];
    expect(new Set(alike.map(revocationId)).size).toBe(alike.length);
    for (const [at, target] of alike.entries()) await revocations.revoke(target, now + at);
    expect(await revocations.latestOfEach(alike)).toEqual(alike.map((_, at) => now + at));
  });

  test('it stays for ever, and holds no name of anybody', async () => {
    const { consent } = targets();
    await revocations.revoke(consent, now);
    const item = (await storage.all()).find(({ id }) => id === revocationId(consent));
    expect(item).toEqual({ id: revocationId(consent), before: now, writeId: expect.any(String) as string });
    expect(JSON.stringify(item)).not.toContain(consent.sub);
  });
});
