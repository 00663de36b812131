import { expect, test } from 'vitest';
import { clientKeySets } from '../../../lambdas/core/metadata-document/client-key-sets.ts';
import type { MetadataDocumentPolicy } from '../../../lambdas/core/metadata-document/host-policy.ts';
import type { Client } from '../../../lambdas/core/client.ts';
import { DocumentError } from '../../../lambdas/core/ports/documents.ts';
import { HandClock, publicClient } from '../fixtures.ts';

const key = (kid: string) => ({ kty: 'RSA', kid, n: 'n', e: 'e' });
const client: Client = { ...publicClient, kind: 'metadata-document', jwksUri: 'https://keys.example/a' };
const open: MetadataDocumentPolicy = { enabled: true, allowHosts: [], denyHosts: [] };

function scene(policy: Partial<MetadataDocumentPolicy> = {}) {
  const clock = new HandClock();
  const host = { keys: [key('1')] as unknown, asked: [] as string[] };
  const documents = {
    async load(url: string, kind: string) {
      host.asked.push(`${kind} ${url}`);
      if (host.keys instanceof Error) throw host.keys;
      return { body: { keys: host.keys } };
    },
  };
  return { clock, host, keys: clientKeySets({ documents, policy: { ...open, ...policy }, clock }) };
}

test('AS-29 keys in the metadata need no fetch, and a client without keys has none', async () => {
  const { keys, host } = scene();
  expect(await keys.find({ ...publicClient, jwks: { keys: [key('0')] } }, { fresh: true })).toEqual([key('0')]);
  expect(await keys.find(publicClient)).toEqual([]);
  expect(host.asked).toEqual([]);
});

test('AS-29 a key set is fetched under the guard, and remembered for ten minutes', async () => {
  const { keys, host, clock } = scene();
  expect(await keys.find(client)).toEqual([key('1')]);
  clock.forward(599);
  await keys.find(client);
  expect(host.asked).toEqual(['jwks https://keys.example/a']);
  clock.forward(1);
  await keys.find(client);
  expect(host.asked).toHaveLength(2);
});

test('AS-29 an unknown key makes it fetch again, at most once a minute', async () => {
  const { keys, host, clock } = scene();
  await keys.find(client);
  host.keys = [key('2')];
  clock.forward(59);
  expect(await keys.find(client, { fresh: true })).toEqual([key('1')]);
  clock.forward(1);
  expect(await keys.find(client, { fresh: true })).toEqual([key('2')]);
  expect(await keys.find(client, { fresh: true })).toEqual([key('2')]);
  expect(host.asked).toHaveLength(2);
});

test('AS-26 a failure is not remembered, and does not matter while keys are', async () => {
  const { keys, host, clock } = scene();
  const down = new DocumentError('unavailable', 'down');
  host.keys = down;
  await expect(keys.find(client)).rejects.toBe(down);
  host.keys = [key('1')];
  expect(await keys.find(client)).toEqual([key('1')]);
  host.keys = down;
  clock.forward(60);
  expect(await keys.find(client, { fresh: true })).toEqual([key('1')]);
  clock.forward(540);
  await expect(keys.find(client)).rejects.toBe(down);
});

test.each([undefined, 'keys', {}])('a key set whose keys are %j is none', async (wrong) => {
  const { keys, host } = scene();
  host.keys = wrong;
  await expect(keys.find(client)).rejects.toMatchObject({ kind: 'invalid' });
});

test('what is no public key is passed over', async () => {
  const { keys, host } = scene();
  host.keys = [null, 7, [], {}, { kty: 'oct', k: 'shared' }, key('1')];
  expect(await keys.find(client)).toEqual([key('1')]);
});

test('AS-24 a key set of a host that is not let in is refused, unless an administrator named it', async () => {
  const { keys, host } = scene({ denyHosts: ['keys.example'] });
  await expect(keys.find(client)).rejects.toMatchObject({ kind: 'refused' });
  expect(host.asked).toEqual([]);
  expect(await keys.find({ ...client, kind: 'pre-registered' })).toEqual([key('1')]);
});

test('only so many key sets are remembered', async () => {
  const { keys, host } = scene();
  const urls = Array.from({ length: 201 }, (_, n) => `https://keys.example/${n}`);
  for (const jwksUri of urls) await keys.find({ ...client, jwksUri });
  await keys.find({ ...client, jwksUri: urls[200]! });
  expect(host.asked).toHaveLength(201);
  await keys.find({ ...client, jwksUri: urls[0]! });
  expect(host.asked).toHaveLength(202);
});
