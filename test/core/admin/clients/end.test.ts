import { describe, expect, test } from 'vitest';
import { deleteClient } from '../../../../lambdas/core/admin/clients/delete.ts';
import { getClient } from '../../../../lambdas/core/admin/clients/get.ts';
import { listClients } from '../../../../lambdas/core/admin/clients/list.ts';
import { revokeClient } from '../../../../lambdas/core/admin/clients/revoke.ts';
import { cachedClients } from '../../../../lambdas/core/cached-clients.ts';
import { exchangeToken } from '../../../../lambdas/core/grants/exchange-token.ts';
import { form, publicClient, refusal } from '../../fixtures.ts';
import { claimsOf } from '../../grants/flow.ts';
import { useHouse } from '../../house.ts';
import { administer, machineInput, newName, refused } from './scene.ts';

const newHouse = useHouse();

async function open() {
  const house = await newHouse();
  const scene = administer(house);
  /** Whether a token's grant is good, as the guard asks. */
  const isAlive = async (token: string) => {
    const { gid, sub, client_id: clientId } = claimsOf(token) as { gid: string; sub: string; client_id: string };
    const { grant, revokedBefore } = await house.deps.grantStates.look({ gid, sub, clientId });
    return grant !== undefined && grant.createdAt > revokedBefore;
  };
  return { ...scene, house, isAlive };
}

describe('F-D2 an administrator ends the access of a client', () => {
  test('its tokens are dead, its registration stays, and it gets new ones a second later', async () => {
    const { make, run, ask, isAlive, deps } = await open();
    const made = await make();
    const { access_token } = await ask(made.client, made.secret);
    expect(await isAlive(access_token)).toBe(true);
    const { secret: _, ...row } = made;
    expect(await run(revokeClient, { key: made.client })).toEqual(row);
    expect(await isAlive(access_token)).toBe(false);
    deps.clock.forward(1);
    expect(await isAlive((await ask(made.client, made.secret)).access_token)).toBe(true);
    expect(deps.audit.events).toContainEqual({ type: 'admin.client.revoked', sub: 'ada', clientId: made.client });
  });

  test('an unknown one is not found', async () => {
    const { run } = await open();
    expect(await refused(run(revokeClient, { key: 'nobody' }))).toMatchObject({ kind: 'not_found' });
    expect(await refused(run(deleteClient, { key: 'nobody' }))).toMatchObject({ kind: 'not_found' });
  });
});

describe('F-D2 an administrator deletes a client', () => {
  test('its tokens are dead; id, secret and name are gone', async () => {
    const { make, run, ask, isAlive, secrets, find, deps } = await open();
    const clientName = newName();
    const made = await make({ clientName });
    const { access_token } = await ask(made.client, made.secret);
    expect(await run(deleteClient, { key: made.client })).toEqual({});
    expect(await isAlive(access_token)).toBe(false);
    expect((await refusal(() => ask(made.client, made.secret))).code).toBe('invalid_client');
    expect(await find(made.client)).toBeUndefined();
    expect(secrets.kept.size).toBe(0);
    await make({ clientName });
    expect(deps.audit.events).toContainEqual({ type: 'admin.client.deleted', sub: 'ada', clientId: made.client });
  });

  test('what an instance that remembers it still gives out in the next minute is dead too', async () => {
    const { make, run, house, isAlive, deps } = await open();
    const made = await make();
    const clients = cachedClients(house.deps.clients, house.deps.clock);
    const values = { grant_type: 'client_credentials', client_id: made.client, client_secret: made.secret };
    const ask = () => exchangeToken({ params: form(values) }, { ...house.deps, clients });
    await ask();
    await run(deleteClient, { key: made.client });
    deps.clock.forward(59);
    expect(await isAlive((await ask()).access_token)).toBe(false);
    deps.clock.forward(1);
    expect((await refusal(ask)).code).toBe('invalid_client');
  });

  test('a crash leaves it there to be deleted again', async () => {
    const { make, run, secrets, find } = await open();
    const { client } = await make();
    secrets.before = () => {
      throw new Error('crash');
    };
    await expect(run(deleteClient, { key: client })).rejects.toThrow('crash');
    expect(await find(client)).toBeDefined();
    secrets.before = () => undefined;
    await run(deleteClient, { key: client });
    expect(await find(client)).toBeUndefined();
  });

  test('one of the stack is protected', async () => {
    const { run, deps, find } = await open();
    const client = { ...publicClient, clientId: 'stack-1', kind: 'pre-registered', managedBy: 'stack' } as const;
    await deps.clientRegistry.put(client);
    expect(await refused(run(deleteClient, { key: 'stack-1' }))).toMatchObject({ kind: 'protected' });
    expect(await find('stack-1')).toBeDefined();
  });

  test('one that registered itself comes back with its id, and what it had stays dead', async () => {
    const { run, house, deps } = await open();
    const { client } = house;
    await run(deleteClient, { key: client.clientId });
    deps.clock.forward(1);
    await house.deps.clients.register({ ...client, registeredAt: deps.clock.now() });
    expect(await deps.revocations.latest([{ kind: 'client', clientId: client.clientId }])).toBe(deps.clock.now() - 1);
  });
});

describe('F-D2 administrators see clients', () => {
  test('newest first, page by page, by kind; no digest among what they see', async () => {
    const { run, deps, house } = await open();
    const ids: string[] = [];
    for (let n = 0; n < 3; n += 1) {
      deps.clock.forward(1);
      const made = await administer(house).make(machineInput());
      ids.unshift(made.client);
    }
    const list = (kind: string, cursor?: string) =>
      run(listClients, { input: { kind }, page: { limit: 2, cursor } }) as unknown as Promise<{
        items: { client: string; kind: string }[];
        next?: string;
      }>;
    const found: string[] = [];
    for (let cursor: string | undefined, page = 0; page === 0 || (cursor !== undefined && page < 50); page += 1) {
      const { items, next } = await list('pre-registered', cursor);
      for (const { client, kind } of items) {
        expect(kind).toBe('pre-registered');
        found.push(client);
      }
      cursor = next;
    }
    expect(found.slice(0, 3)).toEqual(ids);
    expect(JSON.stringify(await run(listClients))).not.toMatch(/[dD]igest/);
    expect(await run(getClient, { key: ids[0]! })).toMatchObject({ client: ids[0], version: 0 });
  });
});
