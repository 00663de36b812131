import { describe, expect, test } from 'vitest';
import { rotateClientSecret } from '../../../../lambdas/core/admin/clients/rotate-secret.ts';
import { updateClient } from '../../../../lambdas/core/admin/clients/update.ts';
import { cachedClients } from '../../../../lambdas/core/cached-clients.ts';
import type { Client } from '../../../../lambdas/core/client.ts';
import { digest } from '../../../../lambdas/core/digest.ts';
import { exchangeToken } from '../../../../lambdas/core/grants/exchange-token.ts';
import { form, publicClient, refusal } from '../../fixtures.ts';
import type { House } from '../../house.ts';
import { useHouse } from '../../house.ts';
import { ada, administer, bob, newName, refused } from './scene.ts';

const newHouse = useHouse();

function open(house: House) {
  const scene = administer(house);
  const rotate = (
    key: string,
    overlapHours: unknown,
    more: { idempotencyKey?: string; who?: typeof ada | typeof bob } = {},
  ) => scene.run(rotateClientSecret, { key, input: { overlapHours } as never, ...more }, more.who);
  const works = async (client: string, secret: string) => {
    const answer: unknown = await scene.ask(client, secret).catch((error: unknown) => error);
    return (answer as { access_token?: string }).access_token !== undefined;
  };
  return { ...scene, rotate, works };
}

describe('F-B5 a secret is rotated', () => {
  test('both secrets work for the overlap, the old one until exactly its end, then only the new one', async () => {
    const { make, rotate, works, secrets, deps, find } = open(await newHouse());
    const made = await make();
    const next = await rotate(made.client, 24);
    expect(next.secret).toMatch(/^gs_[\w-]{43}$/);
    expect(next).toMatchObject({ version: 1, previousSecretUntil: '2026-11-22T12:00:00Z' });
    expect(secrets.read(made.client)).toBe(next.secret);
    for (const secret of [made.secret, next.secret]) expect(await works(made.client, secret)).toBe(true);
    deps.clock.forward(24 * 3600 - 1);
    for (const secret of [made.secret, next.secret]) expect(await works(made.client, secret)).toBe(true);
    deps.clock.forward(1);
    expect(await works(made.client, made.secret)).toBe(false);
    expect(await works(made.client, next.secret)).toBe(true);
    expect(JSON.stringify(await find(made.client))).not.toMatch(/gs_/);
    expect(deps.audit.events.at(1)).toMatchObject({
      type: 'admin.client.secret_rotated',
      sub: 'ada',
      clientId: made.client,
    });
    expect(JSON.stringify(deps.audit.events)).not.toContain(next.secret);
  });

  test('without an overlap the old one ends at once: for a secret that leaked, and the one before it too', async () => {
    const { make, rotate, works, find } = open(await newHouse());
    const made = await make();
    const second = await rotate(made.client, 1);
    const third = await rotate(made.client, 0);
    expect(third).not.toHaveProperty('previousSecretUntil');
    for (const { secret } of [made, second]) expect(await works(made.client, secret)).toBe(false);
    expect(await works(made.client, third.secret)).toBe(true);
    expect(await find(made.client)).not.toHaveProperty('previousSecretDigest');
  });

  test('two work, never three', async () => {
    const { make, rotate, works } = open(await newHouse());
    const made = await make();
    const second = await rotate(made.client, 24);
    const third = await rotate(made.client, 24);
    expect(await works(made.client, made.secret)).toBe(false);
    for (const { secret } of [second, third]) expect(await works(made.client, secret)).toBe(true);
  });

  test.each([-1, 169, 1.5, undefined])('an overlap of %s hours is refused at its field', async (hours) => {
    const { make, rotate, works } = open(await newHouse());
    const made = await make();
    expect((await refused(rotate(made.client, hours))).fields).toMatchObject([{ field: 'overlapHours' }]);
    expect(await works(made.client, made.secret)).toBe(true);
  });

  test.each<[string, Partial<Client>]>([
    ['of the stack', { kind: 'pre-registered', managedBy: 'stack', secretDigest: digest('x') }],
    ['that registered itself', { kind: 'dynamic', secretDigest: digest('x') }],
    ['without a secret', { kind: 'pre-registered' }],
  ])('a client %s is protected', async (_, changes) => {
    const { rotate, deps, find } = open(await newHouse());
    const clientId = `fixed-${newName().replace(' ', '-')}`;
    await deps.clientRegistry.put({ ...publicClient, ...changes, clientId });
    const before = await find(clientId);
    expect(await refused(rotate(clientId, 1))).toMatchObject({ kind: 'protected' });
    expect(await find(clientId)).toEqual(before);
  });
});

describe('F-B5 rotations at once, and broken off', () => {
  test('of two administrators exactly one rotates; the other is told, and whoever reads gets the stored secret', async () => {
    const { make, rotate, find, secrets } = open(await newHouse());
    for (let round = 0; round < 10; round += 1) {
      const { client } = await make();
      const all = await Promise.allSettled([ada, bob].map((who) => rotate(client, 1, { who })));
      const errors = all.flatMap((result) => (result.status === 'rejected' ? [result.reason as unknown] : []));
      // Both may win if the second began after the first had ended its write.
      for (const error of errors) expect(error).toMatchObject({ kind: 'changed' });
      const stored = await find(client);
      expect(stored?.revision).toBe(2 - errors.length);
      expect(digest(secrets.read(client) ?? '')).toBe(stored?.secretDigest);
    }
  });

  test('the later of two rotations stays current, although the earlier one comes last to Secrets Manager', async () => {
    const { make, rotate, secrets } = open(await newHouse());
    const { client } = await make();
    let open1: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => (open1 = resolve));
    let arrived: () => void = () => undefined;
    const waiting = new Promise<void>((resolve) => (arrived = resolve));
    secrets.before = (action) => {
      secrets.before = () => undefined;
      arrived();
      return action === 'put' ? gate : undefined;
    };
    const slow = rotate(client, 1);
    await waiting;
    const fast = await rotate(client, 1);
    open1();
    await slow;
    expect(secrets.read(client)).toBe(fast.secret);
  });

  test('after a crash before the secret was placed the old one works and is read; the next rotation keeps it alive', async () => {
    const { make, rotate, works, secrets, deps } = open(await newHouse());
    const made = await make();
    secrets.before = () => {
      throw new Error('crash');
    };
    await expect(rotate(made.client, 2)).rejects.toThrow('crash');
    secrets.before = () => undefined;
    expect(secrets.read(made.client)).toBe(made.secret);
    expect(await works(made.client, made.secret)).toBe(true);
    deps.clock.forward(3600);
    const next = await rotate(made.client, 2);
    // What nobody ever saw is dropped, not what everybody uses.
    for (const secret of [made.secret, next.secret]) expect(await works(made.client, secret)).toBe(true);
    deps.clock.forward(7200);
    expect(await works(made.client, made.secret)).toBe(false);
  });

  test('F-D5 a repeated request gives the same secret and rotates once; it completes what broke off', async () => {
    const { make, rotate, secrets, find, deps } = open(await newHouse());
    const { client } = await make();
    const same = { idempotencyKey: newName() };
    secrets.before = () => {
      throw new Error('crash');
    };
    await expect(rotate(client, 2, same)).rejects.toThrow('crash');
    secrets.before = () => undefined;
    const first = await rotate(client, 2, same);
    expect(await rotate(client, 2, same)).toEqual(first);
    expect(secrets.read(client)).toBe(first.secret);
    expect((await find(client))?.revision).toBe(1);
    expect(deps.audit.types().filter((type) => type === 'admin.client.secret_rotated')).toHaveLength(1);
  });

  test('F-D5 also after somebody edited it; with another overlap, or after ten minutes, it is refused', async () => {
    const { make, rotate, run, deps, find } = open(await newHouse());
    const { client } = await make();
    const same = { idempotencyKey: newName() };
    const first = await rotate(client, 2, same);
    await run(updateClient, { key: client, input: { clientName: newName(), scopes: ['todos:read'], version: 1 } });
    expect((await rotate(client, 2, same)).secret).toBe(first.secret);
    expect((await refused(rotate(client, 3, same))).fields).toMatchObject([{ field: 'idempotencyKey' }]);
    deps.clock.forward(600);
    expect(await refused(rotate(client, 2, same))).toMatchObject({ kind: 'changed' });
    expect((await find(client))?.revision).toBe(2);
  });

  test('an old request never brings an old secret back', async () => {
    const { make, rotate } = open(await newHouse());
    const { client } = await make();
    const old = { idempotencyKey: newName() };
    const first = await rotate(client, 1, old);
    await rotate(client, 0);
    expect((await rotate(client, 1, old)).secret).not.toBe(first.secret);
  });
});

describe('F-B5 a token function that remembers clients', () => {
  async function warm() {
    const house = await newHouse();
    const scene = open(house);
    const clients = cachedClients(house.deps.clients, house.deps.clock);
    const ask = (client: string, secret: string) => {
      const params = form({ grant_type: 'client_credentials', client_id: client, client_secret: secret });
      return exchangeToken({ params }, { ...house.deps, clients });
    };
    const made = await scene.make();
    await ask(made.client, made.secret);
    const reads = async (act: () => Promise<unknown>) => {
      const before = house.calls['find'] ?? 0;
      await act();
      return (house.calls['find'] ?? 0) - before;
    };
    return { ...scene, ask, made, reads };
  }

  test('takes a new secret at once, by one more read, and then none', async () => {
    const { made, rotate, ask, reads } = await warm();
    const next = await rotate(made.client, 1);
    expect(await reads(() => ask(made.client, next.secret))).toBe(1);
    expect(await reads(() => ask(made.client, next.secret))).toBe(0);
    expect(await reads(() => ask(made.client, made.secret))).toBe(0);
  });

  test('ends the old one when its time is over, without a read', async () => {
    const { made, rotate, ask, deps } = await warm();
    const next = await rotate(made.client, 1);
    await ask(made.client, next.secret);
    deps.clock.forward(3599);
    await ask(made.client, made.secret);
    deps.clock.forward(1);
    expect((await refusal(() => ask(made.client, made.secret))).code).toBe('invalid_client');
  });

  test('wrong secrets cause one read a second, however many and however parallel', async () => {
    const { made, ask, reads, deps } = await warm();
    const wrong = () => refusal(() => ask(made.client, 'wrong'));
    expect(await reads(() => Promise.all(Array.from({ length: 20 }, wrong)))).toBe(1);
    expect(await reads(wrong)).toBe(0);
    deps.clock.forward(1);
    expect(await reads(wrong)).toBe(1);
  });

  test('a secret that ended at once is known here for a minute at most', async () => {
    const { made, rotate, ask, deps } = await warm();
    await rotate(made.client, 0);
    deps.clock.forward(60);
    expect((await refusal(() => ask(made.client, made.secret))).code).toBe('invalid_client');
  });
});
