import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dynamoInteractions } from '../../lambdas/adapters/dynamodb/interactions.ts';
import type {
  BrowserSession,
  Interactions,
  LoginTransaction,
  PushedRequest,
} from '../../lambdas/core/ports/interactions.ts';
import { engines } from '../rig/engines.ts';
import type { Storage } from './tables.ts';
import { storageFor, twentyTimes } from './tables.ts';

const now = 1_800_000_000;
let counter = 0;

function newTransaction(changes: Partial<LoginTransaction> = {}): LoginTransaction {
  return {
    id: `id-${counter++}`,
    step: 'sign-in',
    browserDigest: 'browser',
    request: {
      clientId: 'client-1',
      redirectUri: 'http://127.0.0.1:5555/cb',
      state: 'a state with "odd" characters & ümlauts',
      codeChallenge: 'challenge',
      resources: ['https://example.com/mcp'],
      scopes: ['todos:read'],
    },
    gid: 'gid-1',
    upstream: { nonce: 'nonce', codeVerifier: 'verifier' },
    startedAt: now,
    expiresAt: now + 600,
    ...changes,
  };
}

describe.each(engines)('interactions in DynamoDB (%s)', (kind) => {
  let storage: Storage;
  let interactions: Interactions;

  beforeAll(async () => {
    storage = await storageFor(kind, 'Interactions');
    interactions = dynamoInteractions(storage.db, 'Interactions');
  });
  afterAll(() => storage.stop());

  async function begun(changes: Partial<LoginTransaction> = {}): Promise<LoginTransaction> {
    const transaction = newTransaction(changes);
    await interactions.begin(transaction);
    return transaction;
  }

  test('a transaction comes back as it began', async () => {
    const transaction = await begun();
    expect(await interactions.find(transaction.id, now)).toEqual(transaction);
    const { state: _, ...request } = transaction.request;
    const stateless = await begun({ request });
    expect(await interactions.find(stateless.id, now)).toEqual(stateless);
  });

  test('an unknown or an expired transaction is not found and cannot go on', async () => {
    const { id } = await begun();
    expect(await interactions.find('nobody', now)).toBeUndefined();
    expect(await interactions.find(id, now + 599)).toBeDefined();
    expect(await interactions.find(id, now + 600)).toBeUndefined();
    expect(await interactions.signedIn(id, { sub: 'ada', authTime: now }, now + 600)).toBe(false);
    expect(await interactions.signedIn('nobody', { sub: 'ada', authTime: now }, now)).toBe(false);
    expect(await interactions.find('nobody', now)).toBeUndefined();
    expect(await interactions.find(id, now)).toMatchObject({ step: 'sign-in' });
  });

  test("an identity provider's answer counts once: of twenty at once one does", async () => {
    const transaction = await begun();
    const people = Array.from({ length: 20 }, (_, index) => ({ sub: `person-${index}`, authTime: now }));
    const outcomes = await twentyTimes((index) => interactions.signedIn(transaction.id, people[index]!, now));
    expect(outcomes.filter(Boolean)).toHaveLength(1);
    const person = people[outcomes.indexOf(true)]!;
    expect(await interactions.find(transaction.id, now)).toEqual({ ...transaction, step: 'consent', person });
    expect(await interactions.signedIn(transaction.id, { sub: 'mallory', authTime: now }, now)).toBe(false);
    expect(await interactions.find(transaction.id, now)).toMatchObject({ person });
  });

  test('a finished transaction is gone, and finishing again is no error', async () => {
    const { id } = await begun();
    await interactions.finish(id);
    await interactions.finish(id);
    expect(await interactions.find(id, now)).toBeUndefined();
    expect(await interactions.signedIn(id, { sub: 'ada', authTime: now }, now)).toBe(false);
  });

  async function pushed(digest: string): Promise<PushedRequest> {
    const { request } = newTransaction();
    const details = [
      { type: 'mcp_tools', tools: ['a', ''], limits: { perHour: 0.5, none: null, all: true, list: [[]] } },
    ];
    const one = { digest, request: { ...request, authorizationDetails: details }, expiresAt: now + 120 };
    await interactions.push(one);
    return one;
  }

  test('AS-53 a pushed request comes back as it was, details included, until it expires', async () => {
    const one = await pushed('pushed-1');
    expect(await interactions.findPushed('pushed-1', now + 119)).toEqual(one);
    expect(await interactions.findPushed('pushed-1', now + 120)).toBeUndefined();
    expect(await interactions.takePushed('pushed-1', now + 120)).toBe(false);
    expect(await interactions.findPushed('nobody', now)).toBeUndefined();
    expect(await interactions.takePushed('nobody', now)).toBe(false);
    expect(await interactions.findPushed('nobody', now)).toBeUndefined();
  });

  test('AS-53 a pushed request is taken once: of twenty at once one does', async () => {
    await pushed('pushed-2');
    const outcomes = await twentyTimes(() => interactions.takePushed('pushed-2', now));
    expect(outcomes.filter(Boolean)).toHaveLength(1);
    expect(await interactions.findPushed('pushed-2', now)).toBeUndefined();
    expect(await interactions.takePushed('pushed-2', now)).toBe(false);
  });

  test('a pushed request is never read as a transaction or a session', async () => {
    await pushed('pushed-3');
    expect(await interactions.find('pushed-3', now)).toBeUndefined();
    expect(await interactions.findSession('pushed-3', now)).toBeUndefined();
    await interactions.endSession('pushed-3');
    expect(await interactions.findPushed('pushed-3', now)).toBeDefined();
  });

  test('a session comes back until it expires or ends', async () => {
    const person = { sub: 'ada', email: 'ada@example.com', name: 'Ada', authTime: now };
    const session: BrowserSession = { digest: 'digest-1', person, startedAt: now, expiresAt: now + 100 };
    await interactions.startSession(session);
    expect(await interactions.findSession('digest-1', now + 99)).toEqual(session);
    expect(await interactions.findSession('digest-1', now + 100)).toBeUndefined();
    expect(await interactions.findSession('digest-2', now)).toBeUndefined();
    await interactions.endSession('digest-1');
    await interactions.endSession('digest-1');
    expect(await interactions.findSession('digest-1', now)).toBeUndefined();
  });

  test('a transaction is never read as a session, nor a session as a transaction', async () => {
    const { id } = await begun();
    const ada = { sub: 'ada', authTime: now };
    await interactions.startSession({ digest: 'digest-3', person: ada, startedAt: now, expiresAt: now + 9 });
    expect(await interactions.findSession(id, now)).toBeUndefined();
    expect(await interactions.find('digest-3', now)).toBeUndefined();
    await interactions.finish('digest-3');
    expect(await interactions.findSession('digest-3', now)).toBeDefined();
  });
});
