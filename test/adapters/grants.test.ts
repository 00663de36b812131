import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dynamoGrants } from '../../lambdas/adapters/dynamodb/grants.ts';
import type { CodeGrant } from '../../lambdas/core/grant.ts';
import type { CodePresentation, Grants, RefreshPresentation } from '../../lambdas/core/ports/grants.ts';
import { engines } from '../rig/engines.ts';
import type { Storage } from './tables.ts';
import { storageFor, twentyTimes } from './tables.ts';

const now = 1_800_000_000;
let counter = 0;

function newGrant(changes: Partial<CodeGrant> = {}): CodeGrant {
  return {
    gid: `gid-${counter++}`,
    state: 'code',
    clientId: 'client-1',
    sub: 'person-1',
    email: 'ada@example.com',
    resources: ['https://example.com/mcp', 'https://example.com/other'],
    scopes: ['todos:read', 'todos:write'],
    refreshable: true,
    saltDigest: 'salt-digest',
    redirectUri: 'http://127.0.0.1:33418/',
    codeChallenge: 'challenge',
    codeExpiresAt: now + 60,
    generation: 0,
    rotatedAt: now,
    authTime: now - 5,
    createdAt: now,
    expiresAt: now + 3600,
    absoluteExpiresAt: now + 86_400,
    ...changes,
  };
}

function codeOf(grant: CodeGrant, changes: Partial<CodePresentation> = {}): CodePresentation {
  const { gid, saltDigest, clientId, codeChallenge, redirectUri } = grant;
  return { gid, saltDigest, clientId, codeChallenge, redirectUri, now: now + 1, expiresAt: now + 7200, ...changes };
}

function refreshOf(grant: CodeGrant, changes: Partial<RefreshPresentation> = {}): RefreshPresentation {
  const { gid, saltDigest, clientId, generation } = grant;
  return { gid, saltDigest, clientId, generation, now: now + 1, expiresAt: now + 7200, ...changes };
}

describe.each(engines)('grants in DynamoDB (%s)', (kind) => {
  let storage: Storage;
  let grants: Grants;

  beforeAll(async () => {
    storage = await storageFor(kind, 'Grants');
    grants = dynamoGrants(storage.db, 'Grants');
  });
  afterAll(() => storage.stop());

  async function stored(changes: Partial<CodeGrant> = {}): Promise<CodeGrant> {
    const grant = newGrant(changes);
    expect(await grants.create(grant)).toEqual({ ok: true, grant });
    return grant;
  }

  test('AS-54 AS-66 details and scopes by resource come back as they were granted', async () => {
    const grant = await stored({
      scopesByResource: { 'https://example.com/mcp': ['todos:read'], 'https://example.com/other': [] },
      authorizationDetails: [
        { type: 'mcp_tools', n: [0.25, -7, 9007199254740991, 1e-99], deep: { a: [{ b: null }, '', true] } },
      ],
    });
    const { writeId: _, ...item } = (await grants.find(grant.gid)) as unknown as Record<string, unknown>;
    expect(item).toEqual(grant);
    const redeemed = await grants.redeemCode(codeOf(grant));
    expect(redeemed.grant).toMatchObject({ authorizationDetails: grant.authorizationDetails });
    const rotated = await grants.rotate(refreshOf({ ...grant, generation: 1 }));
    expect(rotated.grant).toMatchObject({
      authorizationDetails: grant.authorizationDetails,
      scopesByResource: grant.scopesByResource,
    });
  });

  test('a grant comes back as it was stored, scopes and resources in their order', async () => {
    const grant = await stored({ personName: 'Ada', clientExpiresAt: now + 99 });
    expect(await grants.find(grant.gid)).toEqual(grant);
    const { personName: _, email: __, ...bare } = newGrant();
    await grants.create(bare);
    expect(await grants.find(bare.gid)).toEqual(bare);
  });

  test('an unknown grant is undefined, and so is one whose id no item can have', async () => {
    expect(await grants.find('nobody')).toBeUndefined();
    expect(await grants.find('')).toBeUndefined();
    expect(await grants.find('x'.repeat(3000))).toBeUndefined();
    expect(await grants.redeemCode(codeOf(newGrant({ gid: '' })))).toEqual({ ok: false });
  });

  test('an expired grant is still found: the caller checks', async () => {
    const grant = await stored({ expiresAt: 1 });
    expect(await grants.find(grant.gid)).toEqual(grant);
  });

  test('answering a consent page twenty times at once stores one grant, and all see that one', async () => {
    const grant = newGrant();
    const outcomes = await twentyTimes((index) => grants.create({ ...grant, createdAt: now + index }));
    const winners = outcomes.filter((outcome) => outcome.ok);
    expect(winners).toHaveLength(1);
    for (const outcome of outcomes) expect(outcome.grant).toEqual(winners[0]?.grant);
  });

  test('AS-63 a code is spent by its first use: of twenty at once one is ok, and nineteen get the grant', async () => {
    const grant = await stored();
    const outcomes = await twentyTimes((index) => grants.redeemCode(codeOf(grant, { expiresAt: now + 7200 + index })));
    const winner = outcomes.find((outcome) => outcome.ok);
    expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(1);
    expect(outcomes.filter((outcome) => !outcome.ok && outcome.grant?.state === 'active')).toHaveLength(19);
    for (const outcome of outcomes) expect(outcome.grant).toEqual(winner?.grant);
    expect(await grants.find(grant.gid)).toEqual(winner?.grant);
  });

  test('redeeming a code makes the grant active at generation 1 and moves its end on; nothing else changes', async () => {
    const grant = await stored();
    const expected = { ...grant, state: 'active', generation: 1, rotatedAt: now + 1, expiresAt: now + 7200 };
    expect(await grants.redeemCode(codeOf(grant))).toEqual({ ok: true, grant: expected });
    expect(await grants.find(grant.gid)).toEqual(expected);
  });

  test('AS-65 a redirect URI is compared only if the request carries one', async () => {
    const grant = await stored();
    const { redirectUri: _, ...presentation } = codeOf(grant);
    expect(await grants.redeemCode(presentation)).toMatchObject({ ok: true });
  });

  test.each(['https://example.com/mcp', 'https://example.com/other'])('AS-66 %s is allowed', async (resource) => {
    const grant = await stored();
    expect(await grants.redeemCode(codeOf(grant, { resource }))).toMatchObject({ ok: true });
    const active = { ...grant, generation: 1 };
    expect(await grants.rotate(refreshOf(active, { resource }))).toMatchObject({ ok: true });
  });

  const wrongCodes: Record<string, [Partial<CodeGrant>, Partial<CodePresentation>]> = {
    'the salt is another': [{}, { saltDigest: 'forged' }],
    'the client is another (AS-64)': [{}, { clientId: 'client-2' }],
    'the verifier is another (AS-64)': [{}, { codeChallenge: 'other' }],
    'the redirect URI is another (AS-65)': [{}, { redirectUri: 'http://127.0.0.1:1/' }],
    'the redirect URI is empty': [{}, { redirectUri: '' }],
    'the resource was not allowed (AS-66)': [{}, { resource: 'https://example.com/third' }],
    'the resource is only part of an allowed one': [{}, { resource: 'https://example.com' }],
    'the resource is empty': [{}, { resource: '' }],
    'the code expires this second': [{}, { now: now + 60 }],
    'the code has expired': [{}, { now: now + 61 }],
    'the grant is active': [{ state: 'active' }, {}],
    'the grant is revoked': [{ state: 'revoked' }, {}],
    'its key is not proved (X-DPOP1)': [{ dpopJkt: 'key-1' }, {}],
    'another key is proved (X-DPOP1)': [{ dpopJkt: 'key-1' }, { dpopJkt: 'key-2' }],
    'its key is not proved by a confidential client either': [{ dpopJkt: 'key-1' }, { anyKey: true }],
  };
  test.each(Object.entries(wrongCodes))('a code changes nothing if %s', async (_, [changes, presented]) => {
    const grant = await stored(changes);
    const before = await storage.all();
    expect(await grants.redeemCode(codeOf(grant, presented))).toEqual({ ok: false, grant });
    expect(await storage.all()).toEqual(before);
  });

  test('a code of no grant creates none', async () => {
    const grant = newGrant();
    expect(await grants.redeemCode(codeOf(grant))).toEqual({ ok: false });
    expect(await grants.rotate(refreshOf(grant))).toEqual({ ok: false });
    expect(await grants.find(grant.gid)).toBeUndefined();
  });

  test('AS-67 of twenty refreshes at once one is ok, and nineteen get the grant', async () => {
    const grant = await stored({ state: 'active', generation: 3 });
    const outcomes = await twentyTimes((index) => grants.rotate(refreshOf(grant, { expiresAt: now + 7200 + index })));
    const winner = outcomes.find((outcome) => outcome.ok);
    expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(1);
    expect(outcomes.filter((outcome) => !outcome.ok && outcome.grant?.generation === 4)).toHaveLength(19);
    expect(await grants.find(grant.gid)).toEqual(winner?.grant);
  });

  test('AS-67 a refresh moves the generation and the idle end on; nothing else changes', async () => {
    const grant = await stored({ state: 'active', generation: 9 });
    const expected = { ...grant, generation: 10, rotatedAt: now + 1, expiresAt: now + 7200 };
    expect(await grants.rotate(refreshOf(grant))).toEqual({ ok: true, grant: expected });
    expect(await grants.find(grant.gid)).toEqual(expected);
  });

  test.each<[string, Partial<CodeGrant>, Partial<RefreshPresentation>, string | undefined]>([
    ['the first key that is proved stays', {}, { dpopJkt: 'key-1' }, 'key-1'],
    ['the same key is proved', { dpopJkt: 'key-1' }, { dpopJkt: 'key-1' }, 'key-1'],
    ['a confidential client proves any key, and none stays', {}, { dpopJkt: 'key-1', anyKey: true }, undefined],
    ['a confidential client proves none', { dpopJkt: 'key-1' }, { anyKey: true }, 'key-1'],
  ])('X-DPOP1 a code and a refresh are taken if %s', async (_, changes, presented, jkt) => {
    const refreshed = await stored({ state: 'active', generation: 1, ...changes });
    const rotated = await grants.rotate(refreshOf(refreshed, presented));
    expect([rotated.ok, rotated.grant?.dpopJkt]).toEqual([true, jkt]);
    if (changes.dpopJkt !== undefined && presented.dpopJkt === undefined) return;
    const coded = await stored(changes);
    const redeemed = await grants.redeemCode(codeOf(coded, presented));
    expect([redeemed.ok, redeemed.grant?.dpopJkt]).toEqual([true, jkt]);
  });

  test('X-DPOP1 of parallel refreshes with twenty keys one is ok, and its key is the one of the grant', async () => {
    const grant = await stored({ state: 'active', generation: 1 });
    const outcomes = await twentyTimes((index) => grants.rotate(refreshOf(grant, { dpopJkt: `key-${index}` })));
    const winners = outcomes.filter((outcome) => outcome.ok);
    expect(winners).toHaveLength(1);
    expect((await grants.find(grant.gid))?.dpopJkt).toBe(winners[0]?.grant.dpopJkt);
  });

  const wrongRefreshes: Record<string, [Partial<CodeGrant>, Partial<RefreshPresentation>]> = {
    'the salt is another': [{}, { saltDigest: 'forged' }],
    'the client is another (AS-67)': [{}, { clientId: 'client-2' }],
    'the resource was not allowed (AS-66)': [{}, { resource: 'https://example.com/third' }],
    'the generation has passed': [{}, { generation: 0 }],
    'the generation is to come': [{}, { generation: 2 }],
    'the idle life ends this second': [{}, { now: now + 3600 }],
    'the absolute life ends this second': [{ expiresAt: now + 999_999 }, { now: now + 86_400 }],
    'the grant is not refreshable': [{ refreshable: false }, {}],
    'the code was never redeemed': [{ state: 'code' }, {}],
    'the grant is revoked': [{ state: 'revoked' }, {}],
    'its key is not proved (X-DPOP1)': [{ dpopJkt: 'key-1' }, {}],
    'another key is proved (X-DPOP1)': [{ dpopJkt: 'key-1' }, { dpopJkt: 'key-2' }],
  };
  test.each(Object.entries(wrongRefreshes))('a refresh changes nothing if %s', async (_, [changes, presented]) => {
    const grant = await stored({ state: 'active', generation: 1, ...changes });
    const before = await storage.all();
    expect(await grants.rotate(refreshOf(grant, presented))).toEqual({ ok: false, grant });
    expect(await storage.all()).toEqual(before);
  });

  test('a revoked grant stays revoked, and its tombstone stays until then', async () => {
    for (const state of ['code', 'active', 'revoked'] as const) {
      const grant = await stored({ state });
      await grants.revoke(grant.gid, now + 5000);
      await grants.revoke(grant.gid, now + 5000);
      expect(await grants.find(grant.gid)).toEqual({ ...grant, state: 'revoked', expiresAt: now + 5000 });
    }
  });

  test('revocation beats parallel refreshes: afterwards none is ok', async () => {
    const grant = await stored({ state: 'active', generation: 1 });
    const work = (index: number) =>
      index === 10 ? grants.revoke(grant.gid, now + 5000) : grants.rotate(refreshOf(grant));
    await twentyTimes<unknown>(work);
    const found = await grants.find(grant.gid);
    expect(found?.state).toBe('revoked');
    expect(await grants.rotate(refreshOf({ ...grant, generation: found?.generation ?? 0 }))).toMatchObject({
      ok: false,
    });
  });

  test('neither revocation nor bookkeeping creates a grant', async () => {
    await grants.revoke('nobody', now);
    await grants.noteClientExpiry('nobody', now);
    expect(await grants.find('nobody')).toBeUndefined();
  });

  test("a renewed client's expiry is noted, and nothing else changes", async () => {
    const grant = await stored({ clientExpiresAt: now });
    await grants.noteClientExpiry(grant.gid, now + 777);
    expect(await grants.find(grant.gid)).toEqual({ ...grant, clientExpiresAt: now + 777 });
  });
});
