import { describe, expect, test } from 'vitest';
import type { AdminHandler, AdminRequest } from '../../../lambdas/core/admin/admin-handler.ts';
import { AdminRefusal } from '../../../lambdas/core/admin/admin-refusal.ts';
import type { AdminDeps } from '../../../lambdas/core/admin/deps.ts';
import { listSigningKeys } from '../../../lambdas/core/admin/signing-keys/list.ts';
import { retireSigningKey } from '../../../lambdas/core/admin/signing-keys/retire.ts';
import { announcement, rotateSigningKey } from '../../../lambdas/core/admin/signing-keys/rotate.ts';
import type { SigningKey } from '../../../lambdas/core/ports/signing-keys.ts';
import { currentKeys, keyMemory } from '../../../lambdas/core/signing-keys/current-keys.ts';
import { signJws } from '../../../lambdas/core/tokens/sign-jws.ts';
import { MemoryRing } from '../../rig/memory-ring.ts';
import { auditLog, HandClock, lifetimes, signingKey } from '../fixtures.ts';
import { MemoryNames } from '../../rig/memory-names.ts';

/** A ring with one key that signs. */
function scene() {
  const clock = new HandClock();
  const ring = new MemoryRing([{ ...signingKey, kid: 'first', createdAt: clock.now() - 1000 }]);
  const audit = auditLog();
  let drawn = 0;
  const entropy = { token: () => `drawn-${(drawn += 1)}` };
  const deps = { signingKeyRing: ring, names: new MemoryNames(), audit, clock, entropy, lifetimes };
  const run = (handler: AdminHandler, request: Partial<AdminRequest> = {}) =>
    handler(
      { key: '', input: {}, page: { limit: 25 }, ...request },
      { sub: 'ada', access: 'write' },
      deps as unknown as AdminDeps,
    );
  const rotate = (atOnce = false, idempotencyKey?: string) =>
    run(rotateSigningKey, { input: { atOnce }, ...(idempotencyKey && { idempotencyKey }) });
  const retire = (key: string, atOnce = false) => run(retireSigningKey, { key, input: { atOnce } });
  /** What an instance whose list is fresh does. */
  const signer = async () => {
    let used = '';
    const sign = async ({ kid }: SigningKey) => ((used = kid), new Uint8Array(1));
    const signingKeys = { list: async () => currentKeys(ring.stored, clock.now()) };
    await signJws('at+jwt', {}, { signer: { sign }, signingKeys });
    return used;
  };
  const published = () => currentKeys(ring.stored, clock.now()).map(({ kid }) => kid);
  return { clock, ring, audit, run, rotate, retire, signer, published };
}

const refusal = (kind: string) => expect.objectContaining({ kind });

describe('F-D4 F-G2 rotate now', () => {
  test('the new key is in JWKS at once and signs when everybody knows it; the old one can be verified after that', async () => {
    const { rotate, signer, published, clock } = scene();
    const row = await rotate();
    expect(row).toMatchObject({ kid: 'made-1', state: 'published', algorithm: 'RS256' });
    expect(published()).toEqual(['first', 'made-1']);
    clock.forward(announcement - 1);
    expect(await signer()).toBe('first');
    clock.forward(1);
    expect(await signer()).toBe('made-1');
    expect(published()).toEqual(['first', 'made-1']);
  });

  test('at once: the new key signs now', async () => {
    const { rotate, signer, run } = scene();
    expect(await rotate(true)).toMatchObject({ kid: 'made-1', state: 'signing' });
    expect(await signer()).toBe('made-1');
    const { items } = (await run(listSigningKeys)) as unknown as { items: Record<string, unknown>[] };
    expect(items.map(({ kid, state }) => [kid, state])).toEqual([
      ['made-1', 'signing'],
      ['first', 'published'],
    ]);
  });

  test('while a new key waits there is no second one, unless it is needed at once', async () => {
    const { rotate, ring, signer } = scene();
    await rotate();
    await expect(rotate()).rejects.toEqual(refusal('changed'));
    expect(ring.stored).toHaveLength(2);
    await rotate(true);
    expect(await signer()).toBe('made-2');
  });

  test('a repeated request gets the key of the first, and makes none', async () => {
    const { rotate, ring, audit } = scene();
    const [first, again] = [await rotate(true, 'once'), await rotate(true, 'once')];
    expect(again).toEqual(first);
    expect(ring.stored).toHaveLength(2);
    expect(audit.types()).toEqual(['admin.signing_key.created']);
  });

  test('of twenty at the same moment one makes a key', async () => {
    const { rotate, ring } = scene();
    ring.before = () => new Promise((resolve) => setTimeout(resolve, 5));
    const answers = await Promise.allSettled(Array.from({ length: 20 }, () => rotate()));
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const answer of answers) if (answer.status === 'rejected') expect(answer.reason).toBeInstanceOf(AdminRefusal);
    expect(ring.stored).toHaveLength(2);
  });
});

describe('F-D4 F-G2 retire', () => {
  /** With a second key that every instance knows. */
  async function proven() {
    const known = scene();
    await known.rotate(true);
    known.clock.forward(keyMemory);
    return known;
  }

  test('the key signs no more, and is in JWKS until its last token has expired', async () => {
    const { retire, signer, published, clock } = await proven();
    expect(await retire('first')).toMatchObject({ kid: 'first', state: 'retired' });
    expect(await signer()).toBe('made-1');
    clock.forward(keyMemory + lifetimes.accessToken - 1);
    expect(published()).toContain('first');
    clock.forward(1);
    expect(published()).toEqual(['made-1']);
  });

  test('at once: it leaves JWKS, so that its tokens are worth nothing; also when it was retired before', async () => {
    const { retire, published, audit } = await proven();
    await retire('first');
    expect(await retire('first', true)).toMatchObject({ state: 'gone' });
    expect(published()).toEqual(['made-1']);
    await retire('first', true);
    expect(audit.types().filter((type) => type === 'admin.signing_key.retired')).toHaveLength(2);
  });

  test('never the only key that signs, nor before another one is ready everywhere: it is said when that is', async () => {
    const { rotate, retire, signer, clock } = scene();
    await expect(retire('first')).rejects.toThrow('Rotate first');
    await rotate(true);
    clock.forward(keyMemory - 1);
    await expect(retire('first')).rejects.toThrow(/Retire it from 20\d\d-/);
    expect(await signer()).toBe('made-1');
    clock.forward(1);
    await retire('first');
  });

  test('a key of an algorithm that the deployment has no right to is no other key', async () => {
    const { ring, retire, rotate, clock } = scene();
    ring.stored = [{ ...ring.stored[0]!, kid: 'es', algorithm: 'ES256' }, ...ring.stored];
    await expect(retire('first')).rejects.toThrow('Rotate first');
    expect(await rotate(true)).toMatchObject({ algorithm: 'RS256' });
    clock.forward(keyMemory);
    expect(await retire('first')).toMatchObject({ state: 'retired' });
  });

  test('a key that nobody needs before it signs', async () => {
    const { rotate, retire, signer, clock } = scene();
    await rotate();
    await retire('made-1', true);
    clock.forward(announcement);
    expect(await signer()).toBe('first');
  });

  test('not at once while instances sign with it from memory: retired first, refused five minutes later', async () => {
    const { retire, published, clock } = await proven();
    await expect(retire('made-1', true)).rejects.toThrow('five minutes later');
    await retire('made-1');
    clock.forward(keyMemory - 1);
    await expect(retire('made-1', true)).rejects.toThrow(/Refuse its tokens from 20\d\d-/);
    clock.forward(1);
    await retire('made-1', true);
    expect(published()).toEqual(['first']);
  });

  test('two that retire each other’s last key at the same moment leave one that signs', async () => {
    for (let round = 0; round < 20; round++) {
      const { retire, signer, ring } = await proven();
      ring.before = () => new Promise((resolve) => setTimeout(resolve, 1));
      await Promise.allSettled([retire('first'), retire('made-1')]);
      expect(['first', 'made-1']).toContain(await signer());
    }
  });

  test('an unknown one is not found', async () => {
    await expect(scene().retire('nothing')).rejects.toEqual(refusal('not_found'));
  });
});

test('F-G2 while KMS does not honour the tags of young keys, the one before them signs', async () => {
  const { rotate, ring, clock } = scene();
  await rotate(true);
  await rotate(true);
  const used: string[] = [];
  const sign = async ({ kid }: SigningKey) => {
    used.push(kid);
    if (kid !== 'first') throw new Error('AccessDeniedException');
    return new Uint8Array(1);
  };
  const signingKeys = { list: async () => currentKeys(ring.stored, clock.now()) };
  await signJws('at+jwt', {}, { signer: { sign }, signingKeys });
  expect(used.at(-1)).toBe('first');
});
