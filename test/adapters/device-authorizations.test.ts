import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { documentClient } from '../../lambdas/adapters/dynamodb/document-client.ts';
import { dynamoDeviceAuthorizations } from '../../lambdas/adapters/dynamodb/device-authorizations.ts';
import type { DeviceAuthorization, DeviceAuthorizations } from '../../lambdas/core/ports/device-authorizations.ts';
import { engines, startEngine } from '../rig/engines.ts';
import type { TestEngine } from '../rig/engines.ts';

const now = 1_800_000_000;
const person = { sub: 'ada', authTime: now };
const approved = {
  state: 'approved',
  person,
  givenAt: 1,
  resources: ['https://a.example/mcp'],
  scopes: ['a'],
} as const;

let count = 0;
function fresh(): { authorization: DeviceAuthorization; userCode: string } {
  count += 1;
  const digest = `device-${count}`;
  const request = { clientId: 'client', resources: ['https://a.example/mcp'], scopes: ['a'] };
  const pace = { interval: 5, nextPollAt: now };
  const times = { codeExpiresAt: now + 600, expiresAt: now + 4200 };
  const answer = { state: 'pending' } as const;
  return {
    authorization: { digest, request, gid: `gid-${count}`, answer, ...pace, ...times },
    userCode: `code-${count}`,
  };
}

const twenty = <T>(work: () => Promise<T>) => Promise.all(Array.from({ length: 20 }, work));
const trues = (answers: readonly boolean[]) => answers.filter(Boolean).length;

describe.each(engines)('device authorizations in %s', (kind) => {
  let engine: TestEngine;
  let store: DeviceAuthorizations;
  beforeAll(async () => {
    engine = await startEngine(kind, [{ name: 'Interactions', partitionKey: 'id' }]);
    store = dynamoDeviceAuthorizations(documentClient(engine.config), 'Interactions');
  });
  afterAll(() => engine.stop());

  async function begun() {
    const { authorization, userCode } = fresh();
    expect(await store.begin(authorization, userCode)).toBe(true);
    return { authorization, userCode, digest: authorization.digest };
  }

  test('are found by both codes until these end; then by the device code only, so that it can be told', async () => {
    const { authorization, userCode, digest } = await begun();
    expect(await store.find(digest, now)).toMatchObject(authorization);
    expect(await store.findPending(userCode, now)).toMatchObject({ digest });
    expect(await store.findPending(userCode, now + 600)).toBeUndefined();
    expect(await store.find(digest, now + 600)).toMatchObject({ digest });
    expect(await store.find(digest, now + 4200)).toBeUndefined();
    expect(await store.find('unknown', now)).toBeUndefined();
    expect(await store.findPending('unknown', now)).toBeUndefined();
  });

  test('a user code in use is not given twice, and nothing is stored', async () => {
    const { userCode, digest } = await begun();
    const other = fresh().authorization;
    expect(await store.begin(other, userCode)).toBe(false);
    expect(await store.find(other.digest, now)).toBeUndefined();
    expect(await store.findPending(userCode, now)).toMatchObject({ digest });
  });

  test('of 20 parallel answers one counts, and the user code is worth nothing afterwards', async () => {
    const { userCode, digest } = await begun();
    expect(trues(await twenty(() => store.answer(digest, approved, now)))).toBe(1);
    expect(await store.answer(digest, { state: 'denied' }, now)).toBe(false);
    expect(await store.find(digest, now)).toMatchObject({ answer: approved });
    expect(await store.findPending(userCode, now)).toBeUndefined();
  });

  test('an answer after the end of the codes, or for nothing, does not count', async () => {
    const { digest } = await begun();
    expect(await store.answer(digest, approved, now + 600)).toBe(false);
    expect(await store.answer('unknown', approved, now)).toBe(false);
    expect(await store.find('unknown', now)).toBeUndefined();
  });

  test('of 20 parallel polls that saw the same pace one is noted; none once it is answered', async () => {
    const { authorization, digest } = await begun();
    const next = { interval: 5, nextPollAt: now + 4 };
    expect(trues(await twenty(() => store.notePoll(digest, authorization, next)))).toBe(1);
    expect(await store.notePoll(digest, next, { interval: 10, nextPollAt: now + 14 })).toBe(true);
    expect(await store.find(digest, now)).toMatchObject({ interval: 10, nextPollAt: now + 14 });
    await store.answer(digest, approved, now);
    expect(await store.notePoll(digest, { interval: 10, nextPollAt: now + 14 }, next)).toBe(false);
  });

  test('a sign-in takes one person once, and is gone when it ends', async () => {
    const upstream = { nonce: 'n', codeVerifier: 'v' };
    const signIn = {
      id: `d-${count}`,
      device: 'x',
      browserDigest: 'b',
      upstream,
      startedAt: now,
      expiresAt: now + 600,
    };
    await store.beginSignIn(signIn);
    expect(await store.findSignIn(signIn.id, now)).toMatchObject(signIn);
    expect(await store.findSignIn(signIn.id, now + 600)).toBeUndefined();
    expect(await store.signedIn(signIn.id, person, now + 600)).toBe(false);
    expect(trues(await twenty(() => store.signedIn(signIn.id, person, now)))).toBe(1);
    expect(await store.findSignIn(signIn.id, now)).toMatchObject({ person });
    await store.endSignIn(signIn.id);
    await store.endSignIn(signIn.id);
    expect(await store.findSignIn(signIn.id, now)).toBeUndefined();
    expect(await store.signedIn(signIn.id, person, now)).toBe(false);
  });

  test('parallel attempts never exceed the limit; one that was given back can be taken again', async () => {
    const counter = `counter-${(count += 1)}`;
    expect(trues(await twenty(() => store.takeAttempt(counter, 5, now + 300)))).toBe(5);
    await store.returnAttempt(counter);
    expect(trues(await twenty(() => store.takeAttempt(counter, 5, now + 300)))).toBe(1);
    await store.returnAttempt('a counter that nobody took');
    expect(trues(await twenty(() => store.takeAttempt('a counter that nobody took', 5, now + 300)))).toBe(5);
  });
});
