import { describe, expect, test } from 'vitest';
import type { Grant } from '../../lambdas/core/grant.ts';
import type { GrantState } from '../../lambdas/core/ports/grant-states.ts';
import { grantLiveness } from '../../lambdas/core/resource/grant-liveness.ts';
import { now } from './forge.ts';

const grant = (change: Partial<Grant> = {}): Grant => ({
  gid: 'g',
  state: 'active',
  clientId: 'c',
  sub: 's',
  resources: [],
  scopes: [],
  refreshable: true,
  saltDigest: '',
  redirectUri: '',
  codeChallenge: '',
  codeExpiresAt: now,
  generation: 1,
  rotatedAt: now,
  authTime: now,
  createdAt: now,
  expiresAt: now + 86_400,
  absoluteExpiresAt: now + 864_000,
  ...change,
});

function scene(seconds: number, maxEntries?: number) {
  const at = {
    now,
    reads: 0,
    store: new Map<string, Grant>(),
    broken: false,
    revokedBefore: 0,
    holderRevokedBefore: 0,
  };
  const grantStates = {
    look: async ({ gid }: { gid: string }): Promise<GrantState> => {
      at.reads += 1;
      if (at.broken) throw new Error('table away');
      const found = at.store.get(gid);
      const { revokedBefore, holderRevokedBefore } = at;
      return { ...(found && { grant: found }), revokedBefore, holderRevokedBefore };
    },
  };
  const isAlive = grantLiveness({
    grantStates,
    clock: { now: () => at.now },
    seconds,
    ...(maxEntries && { maxEntries }),
  });
  const alive = (gid: string, iat = now + 1) => isAlive({ gid, sub: 's', clientId: 'c', iat });
  return { at, alive };
}

describe('D9 revocation is real', () => {
  test('an active grant lives and is asked about once in the bound', async () => {
    const { at, alive } = scene(60);
    at.store.set('g', grant());
    expect(await alive('g')).toBe(true);
    at.now += 59;
    expect(await alive('g')).toBe(true);
    expect(at.reads).toBe(1);
  });

  test('a revoked grant is dead after at most 60 seconds', async () => {
    const { at, alive } = scene(60);
    at.store.set('g', grant());
    expect(await alive('g')).toBe(true);
    at.store.set('g', grant({ state: 'revoked' }));
    at.now += 60;
    expect(await alive('g')).toBe(false);
  });

  test('with a bound of 0 it is dead at once', async () => {
    const { at, alive } = scene(0);
    at.store.set('g', grant());
    expect(await alive('g')).toBe(true);
    at.store.set('g', grant({ state: 'revoked' }));
    expect(await alive('g')).toBe(false);
  });

  test('a dead answer is remembered as well, so a stolen token does not cost a read a call', async () => {
    const { at, alive } = scene(60);
    at.store.set('g', grant({ state: 'revoked' }));
    expect(await alive('g')).toBe(false);
    expect(await alive('g')).toBe(false);
    expect(at.reads).toBe(1);
  });

  test.each([
    ['missing', undefined],
    ['revoked', grant({ state: 'revoked' })],
    ['still a code', grant({ state: 'code' })],
    ['expired, though DynamoDB has not deleted it', grant({ expiresAt: now })],
  ])('a grant that is %s is dead', async (_, item) => {
    const { at, alive } = scene(60);
    if (item) at.store.set('g', item);
    expect(await alive('g')).toBe(false);
  });

  test('a remembered grant does not outlive its own end', async () => {
    const { at, alive } = scene(60);
    at.store.set('g', grant({ expiresAt: now + 5 }));
    expect(await alive('g')).toBe(true);
    at.now += 5;
    expect(await alive('g')).toBe(false);
  });

  test('a store that cannot be read is an error, and is not remembered', async () => {
    const { at, alive } = scene(60);
    at.store.set('g', grant());
    at.broken = true;
    await expect(alive('g')).rejects.toThrow('table away');
    at.broken = false;
    expect(await alive('g')).toBe(true);
  });

  test('a stale answer is not believed when the store cannot be read', async () => {
    const { at, alive } = scene(60);
    at.store.set('g', grant());
    await alive('g');
    at.now += 60;
    at.broken = true;
    await expect(alive('g')).rejects.toThrow('table away');
  });

  test('memory is bounded: the oldest answer goes first', async () => {
    const { at, alive } = scene(60, 2);
    for (const gid of ['a', 'b', 'c']) at.store.set(gid, grant({ gid }));
    for (const gid of ['a', 'b', 'c', 'b', 'c']) await alive(gid);
    expect(at.reads).toBe(3);
    await alive('a');
    expect(at.reads).toBe(4);
  });
});
