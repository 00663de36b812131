import { describe, expect, test } from 'vitest';
import { createClient } from '../../../../lambdas/core/admin/clients/create.ts';
import { getClient } from '../../../../lambdas/core/admin/clients/get.ts';
import { updateClient } from '../../../../lambdas/core/admin/clients/update.ts';
import type { Client } from '../../../../lambdas/core/client.ts';
import { publicClient } from '../../fixtures.ts';
import { useHouse } from '../../house.ts';
import type { Answer } from './scene.ts';
import { ada, administer, bob, newName, refused } from './scene.ts';

const newHouse = useHouse();
const role = (name: string): string => `arn:aws:iam::123456789012:role/${name}`;

async function open() {
  const scene = administer(await newHouse());
  const change = (key: string, input: Record<string, unknown>, who: typeof ada | typeof bob = ada) =>
    scene.run(updateClient, { key, input: input as never }, who);
  return { ...scene, change };
}

describe('F-D2 an administrator changes a client', () => {
  test('what is entered is put in place of what was; secret, id and first registration stay', async () => {
    const { make, change, find, ask, deps } = await open();
    const made = await make({ scopes: ['todos:write', 'mail:read'] });
    const before = await find(made.client);
    deps.clock.forward(60);
    const clientName = newName();
    const answer = await change(made.client, { clientName, scopes: ['todos:read'], version: 0 });
    expect(answer).toMatchObject({
      clientName,
      scopes: ['todos:read'],
      version: 1,
      registeredAt: made['registeredAt'],
    });
    expect(answer).not.toHaveProperty('secret');
    expect(await find(made.client)).toEqual({ ...before, clientName, machineScopes: ['todos:read'], revision: 1 });
    expect((await ask(made.client, made.secret)).scope).toBe('todos:read');
    expect(deps.audit.events).toContainEqual({ type: 'admin.client.updated', sub: 'ada', clientId: made.client });
  });

  test('a machine becomes an app: it has no scopes for itself any more', async () => {
    const { make, change, find } = await open();
    const { client } = await make();
    const redirectUris = ['https://portal.example/cb'];
    await change(client, { clientName: newName(), redirectUris, version: 0 });
    const stored = await find(client);
    expect(stored).toMatchObject({
      redirectUris,
      grantTypes: ['authorization_code', 'refresh_token'],
      responseTypes: ['code'],
    });
    expect(stored).not.toHaveProperty('machineScopes');
  });

  test('how it authenticates stays: a public app cannot become a machine', async () => {
    const { make, change } = await open();
    const { client } = await make({ redirectUris: ['https://portal.example/cb'], scopes: [], authMethod: 'none' });
    const error = await refused(change(client, { clientName: newName(), scopes: ['todos:read'], version: 0 }));
    expect(error.fields).toMatchObject([{ field: 'authMethod' }]);
  });

  test('the old name is free, the new one is taken', async () => {
    const { make, change, run } = await open();
    const [first, second] = [newName(), newName()];
    const { client } = await make({ clientName: first });
    await change(client, { clientName: second, scopes: ['todos:read'], version: 0 });
    expect((await refused(make({ clientName: second }))).fields).toMatchObject([{ field: 'clientName' }]);
    const other = await make({ clientName: first });
    const back = { clientName: first, scopes: ['todos:read'], version: 1 };
    expect((await refused(change(client, back))).fields).toMatchObject([{ field: 'clientName' }]);
    expect(await run(getClient, { key: client })).toMatchObject({ clientName: second, version: 1 });
    // Its own name is no other's.
    await change(other.client, { clientName: first.toUpperCase(), scopes: ['todos:read'], version: 0 });
  });

  test('a mistake is told at its field, and nothing is written', async () => {
    const { make, change, run } = await open();
    const made = await make({ secretReaders: [role('worker')] });
    for (const wrong of [{ scopes: ['nope'] }, { secretReaders: [role('nobody')] }, { redirectUris: ['x'] }]) {
      const input = { clientName: newName(), scopes: ['todos:read'], version: 0, ...wrong };
      expect((await refused(change(made.client, input))).kind).toBe('invalid');
    }
    const { secret: _, ...row } = made;
    expect(await run(getClient, { key: made.client })).toEqual(row);
  });

  test.each<[string, Partial<Client>, RegExp]>([
    ['one that registered itself', { kind: 'dynamic' }, /registered itself/],
    ['one with a metadata document', { kind: 'metadata-document' }, /metadata document/],
    ['one of the stack', { kind: 'pre-registered', managedBy: 'stack' }, /bin\/gatehouse\.ts/],
  ])('%s is protected, and says why', async (_, changes, message) => {
    const { change, deps } = await open();
    const clientId = `protected-${newName().replace(' ', '-')}`;
    await deps.clientRegistry.put({ ...publicClient, ...changes, clientId });
    const error = await refused(change(clientId, { clientName: newName(), scopes: ['todos:read'], version: 0 }));
    expect(error).toMatchObject({ kind: 'protected', message: expect.stringMatching(message) as string });
  });

  test('one that is unknown is not found', async () => {
    const { change } = await open();
    expect(await refused(change('app_unknown', { clientName: 'x', version: 0 }))).toMatchObject({ kind: 'not_found' });
    expect(await refused(change('app_\u00e4', { clientName: 'x', version: 0 }))).toMatchObject({ kind: 'not_found' });
  });
});

describe('F-D2 two administrators at once', () => {
  test('the second is told that somebody changed it, and nothing of it is written', async () => {
    const { make, change, run } = await open();
    const { client } = await make();
    const first = await change(client, { clientName: newName(), scopes: ['todos:read'], version: 0 }, ada);
    const late = change(client, { clientName: newName(), scopes: ['mail:read'], version: 0 }, bob);
    expect(await refused(late)).toMatchObject({
      kind: 'changed',
      message: expect.stringContaining('Somebody') as string,
    });
    expect(await run(getClient, { key: client })).toEqual(first);
  });

  test('of parallel changes exactly one wins, with its name, its scopes and its readers', async () => {
    const { make, change, find, secrets, deps } = await open();
    for (let round = 0; round < 10; round += 1) {
      const { client, version } = await make({ secretReaders: [role('old')] });
      const wanted = [ada, bob, ada, bob].map((who, index) => {
        const input = { clientName: newName(), scopes: ['todos:read'], secretReaders: [role(`r${index}`)], version };
        return { who, input };
      });
      const all = await Promise.allSettled(wanted.map(({ who, input }) => change(client, input, who)));
      const won = all.flatMap((result, index) => (result.status === 'fulfilled' ? [index] : []));
      expect(won).toHaveLength(1);
      const { input } = wanted[won[0] ?? 0]!;
      expect(await find(client)).toMatchObject({
        clientName: input.clientName,
        secretReaders: input.secretReaders,
        revision: 1,
      });
      expect(secrets.kept.get(client)?.readers).toEqual(input.secretReaders);
      const lost = all.flatMap((result) => (result.status === 'rejected' ? [result.reason as unknown] : []));
      for (const error of lost) expect(error).toMatchObject({ kind: 'changed' });
    }
    expect(deps.audit.types().filter((type) => type === 'admin.client.updated')).toHaveLength(10);
  });

  test('a name that was taken for a change that lost is free after a minute', async () => {
    const { make, change, run, deps } = await open();
    const { client } = await make();
    const lost = newName();
    const both = [newName(), lost].map((clientName) => ({ clientName, scopes: ['todos:read'], version: 0 }));
    await change(client, both[0]!);
    await deps.names.take('client', lost, client, async () => false, deps.clock.now());
    const wanted = { clientName: lost, scopes: ['todos:read'] };
    expect((await refused(run(createClient, { input: wanted }))).fields).toMatchObject([{ field: 'clientName' }]);
    deps.clock.forward(60);
    expect((await run(createClient, { input: wanted })) satisfies Answer).toMatchObject({ clientName: lost });
  });
});
