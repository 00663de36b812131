import { describe, expect, test } from 'vitest';
import { metadataDocumentClients } from '../../../lambdas/core/metadata-document/metadata-document-clients.ts';
import type { MetadataDocumentPolicy } from '../../../lambdas/core/metadata-document/host-policy.ts';
import type { FetchedDocument } from '../../../lambdas/core/ports/documents.ts';
import { DocumentError } from '../../../lambdas/core/ports/documents.ts';
import type { Client } from '../../../lambdas/core/client.ts';
import { keepClient } from '../../../lambdas/core/keep-client.ts';
import { publicClient, refusal } from '../fixtures.ts';
import { useHouse } from '../house.ts';
import { claudeCode } from './known-documents.ts';

const day = 86_400;
const open = { enabled: true, allowHosts: [], denyHosts: [] };
const house = useHouse();
let count = 0;

/** Clients over a real table, and a host that says what the test says. */
async function scene(
  policy: Partial<MetadataDocumentPolicy> = {},
  unavailable: 'temporarily_unavailable' | 'invalid_client' = 'temporarily_unavailable',
) {
  const { deps, calls } = await house();
  count += 1;
  const id = `https://client.example/${count}`;
  const host = {
    document: { ...claudeCode, client_id: id } as unknown,
    maxAge: undefined as number | undefined,
    asked: 0,
  };
  const documents = {
    async load(): Promise<FetchedDocument> {
      host.asked += 1;
      if (host.document instanceof Error) throw host.document;
      const body = host.document as Record<string, unknown>;
      return host.maxAge === undefined ? { body } : { body, maxAge: host.maxAge };
    },
  };
  const make = () =>
    metadataDocumentClients({ clients: deps.clients, documents, policy: { ...open, ...policy }, unavailable });
  const clients = make();
  const find = (from = clients) => from.find(id, deps.clock.now());
  const publish = (changes: Record<string, unknown>) => (host.document = { ...claudeCode, client_id: id, ...changes });
  return { ...deps, stored: deps.clients, calls, id, host, clients, find, make, publish };
}

const down = new DocumentError('unavailable', 'does not answer');

describe('AS-20 AS-26 the copy of a document', () => {
  test('is fetched once while it is fresh, by all instances together, for one read each', async () => {
    const { find, host, make, id, calls, clock } = await scene();
    expect(await find()).toMatchObject({ clientId: id, kind: 'metadata-document', clientName: 'Claude Code' });
    calls['find'] = 0;
    clock.forward(3599);
    await find();
    await find(make());
    expect(host.asked).toBe(1);
    expect(calls).toMatchObject({ find: 2, keepDocument: 1 });
    clock.forward(1);
    await find();
    expect(host.asked).toBe(2);
  });

  test.each([
    ['nothing', undefined, 3600],
    ['no time at all', 0, 60],
    ['a second', 1, 60],
    ['ten minutes', 600, 600],
    ['a day', day, day],
    ['a year', 365 * day, day],
  ])('if HTTP says %s, it is fresh within bounds', async (_, maxAge, seconds) => {
    const { find, host, clock } = await scene();
    host.maxAge = maxAge;
    await find();
    clock.forward(seconds - 1);
    await find();
    expect(host.asked).toBe(1);
    clock.forward(1);
    await find();
    expect(host.asked).toBe(2);
  });

  test('is replaced as a whole: a redirect URI that is gone is gone', async () => {
    const { find, publish, stored, id, clock } = await scene();
    publish({ tos_uri: 'https://client.example/terms', redirect_uris: ['https://client.example/old'] });
    await find();
    publish({ redirect_uris: ['https://client.example/new'] });
    clock.forward(day);
    await find();
    const kept = await stored.find(id, clock.now());
    expect(kept?.redirectUris).toEqual(['https://client.example/new']);
    expect(kept).not.toHaveProperty('tosUri');
  });

  test('pain 18: the last good one serves for seven days while the host does not answer, and not longer', async () => {
    const { find, host, make, clock } = await scene();
    const copy = await find();
    host.document = down;
    clock.forward(3600 + 7 * day - 1);
    expect(await find()).toEqual(copy);
    expect(host.asked).toBe(2);
    clock.forward(1);
    expect(await refusal(() => find(make()))).toMatchObject({ reason: 'metadata_unavailable' });
  });

  test('a host that fails is left alone for a minute while a copy serves, and asked again then', async () => {
    const { find, host, publish, clock } = await scene();
    await find();
    clock.forward(day);
    host.document = down;
    await find();
    await find();
    expect(host.asked).toBe(2);
    clock.forward(60);
    publish({ client_name: 'Newer' });
    expect(await find()).toMatchObject({ clientName: 'Newer' });
  });

  test('serves no longer if the host says something else', async () => {
    for (const word of [
      new DocumentError('invalid', '404'),
      new DocumentError('refused', 'inside'),
      { client_id: 'other' },
    ]) {
      const { find, host, clock } = await scene();
      await find();
      clock.forward(day);
      host.document = word;
      expect(await refusal(() => find())).toMatchObject({ code: 'invalid_client' });
    }
  });

  test('AS-26 a failure is never remembered, and leaves nothing behind', async () => {
    const { find, host, publish, id, stored, clock } = await scene();
    for (const word of [down, new DocumentError('invalid', '404'), { client_id: id }]) {
      host.document = word;
      await refusal(() => find());
    }
    expect(host.asked).toBe(3);
    expect(await stored.find(id, clock.now())).toBeUndefined();
    publish({});
    expect(await find()).toMatchObject({ clientId: id });
  });

  test('an older fetch never replaces a newer one, whichever is written last', async () => {
    const { find, stored, id, clock } = await scene();
    const copy = (await find()) as Client;
    const copies = Array.from({ length: 20 }, (_, age) => ({
      ...copy,
      clientName: `${age}`,
      registeredAt: copy.registeredAt + 20 - age,
    }));
    await Promise.all(copies.map((older) => stored.keepDocument(older)));
    expect(await stored.find(id, clock.now())).toMatchObject({ clientName: '0' });
  });

  test('costs no write when a grant outlives it, since it can be fetched again', async () => {
    const { find, clients, calls, clock, lifetimes } = await scene();
    const copy = (await find()) as Client;
    expect(await keepClient(copy, clock.now() + 90 * day, { clients, lifetimes })).toBeUndefined();
    expect(calls).not.toHaveProperty('renew');
  });

  test('never replaces a client of another kind', async () => {
    const { find, stored, id, host, clock } = await scene();
    await stored.register({ ...publicClient, clientId: id, kind: 'pre-registered' });
    expect(await find()).toMatchObject({ kind: 'pre-registered' });
    expect(host.asked).toBe(0);
    await stored.keepDocument({ ...publicClient, clientId: id, kind: 'metadata-document', registeredAt: clock.now() });
    expect(await find()).toMatchObject({ kind: 'pre-registered' });
  });
});

describe('AS-27 what leads to no client', () => {
  test.each([
    [down, { code: 'temporarily_unavailable', reason: 'metadata_unavailable' }],
    [new DocumentError('refused', '10.0.0.1'), { code: 'invalid_client', reason: 'metadata_refused' }],
    [new DocumentError('invalid', 'html'), { code: 'invalid_client', reason: 'metadata_invalid' }],
    [{}, { code: 'invalid_client', reason: 'metadata_invalid' }],
  ])('%s', async (word, expected) => {
    const { find, host } = await scene();
    host.document = word;
    const error = await refusal(() => find());
    expect(error).toMatchObject(expected);
    expect(error.message).not.toContain('10.0.0.1');
  });

  test('the token endpoint knows only invalid_client', async () => {
    const { find, host } = await scene({}, 'invalid_client');
    host.document = down;
    expect(await refusal(() => find())).toMatchObject({ code: 'invalid_client', reason: 'metadata_unavailable' });
  });

  test('what is not the fault of a host is not hidden', async () => {
    const { find, host } = await scene();
    host.document = new TypeError('bug');
    await expect(find()).rejects.toThrow(TypeError);
  });

  test.each([
    'http://client.example/a',
    'HTTPS://client.example/a',
    'https://client.example',
    'https://client.example/..',
  ])('AS-21 %s is refused before anything is fetched', async (id) => {
    const { clients, host, clock } = await scene();
    expect(await refusal(() => clients.find(id, clock.now()))).toMatchObject({ reason: 'metadata_url' });
    expect(host.asked).toBe(0);
  });

  test.each([{ denyHosts: ['client.example'] }, { allowHosts: ['claude.ai'] }])(
    'a host that the administrator does not let in (%j), even with a fresh copy',
    async (policy) => {
      const { find, host, stored, id, clock } = await scene(policy);
      const copy = { ...publicClient, clientId: id, kind: 'metadata-document', registeredAt: clock.now() } as const;
      await stored.keepDocument({ ...copy, freshUntil: clock.now() + 99 });
      expect(await refusal(() => find())).toMatchObject({ code: 'invalid_client', reason: 'metadata_host_denied' });
      expect(host.asked).toBe(0);
    },
  );

  test('switched off, it is an unknown client, even with a fresh copy', async () => {
    const { find, host, stored, id, clock } = await scene({ enabled: false });
    const copy = { ...publicClient, clientId: id, kind: 'metadata-document', registeredAt: clock.now() } as const;
    await stored.keepDocument({ ...copy, freshUntil: clock.now() + 99 });
    expect(await find()).toBeUndefined();
    expect(host.asked).toBe(0);
  });

  test('AS-30 other ids are not fetched', async () => {
    const { clients, host, clock } = await scene();
    for (const id of ['dcr_x', 'client', 'urn:https://a.example/b', 'ftp://a.example/b']) {
      expect(await clients.find(id, clock.now())).toBeUndefined();
    }
    expect(host.asked).toBe(0);
  });
});
