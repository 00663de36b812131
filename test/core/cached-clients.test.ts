import { expect, test } from 'vitest';
import { cachedClients } from '../../lambdas/core/cached-clients.ts';
import { clientsOf, HandClock, publicClient } from './fixtures.ts';

test('a found client is read once a minute, and no longer', async () => {
  const [clock, store] = [new HandClock(), clientsOf(publicClient)];
  const clients = cachedClients(store, clock);
  for (let i = 0; i < 3; i += 1) expect(await clients.find('client-1', clock.now())).toEqual(publicClient);
  expect(store.asked).toBe(1);
  clock.forward(60);
  await clients.find('client-1', clock.now());
  expect(store.asked).toBe(2);
});

test('an unknown client is asked for each time', async () => {
  const [clock, store] = [new HandClock(), clientsOf()];
  const clients = cachedClients(store, clock);
  for (let i = 0; i < 3; i += 1) expect(await clients.find('client-1', clock.now())).toBeUndefined();
  expect(store.asked).toBe(3);
});

test('a remembered client ends when its registration ends', async () => {
  const clock = new HandClock();
  const clients = cachedClients(clientsOf({ ...publicClient, expiresAt: clock.now() + 30 }), clock);
  expect(await clients.find('client-1', clock.now())).toBeDefined();
  clock.forward(30);
  expect(await clients.find('client-1', clock.now())).toBeUndefined();
});

test('a renewed client is read again', async () => {
  const [clock, store] = [new HandClock(), clientsOf(publicClient)];
  const clients = cachedClients(store, clock);
  await clients.find('client-1', clock.now());
  await clients.renew('client-1', clock.now() + 99);
  await clients.find('client-1', clock.now());
  expect(store.asked).toBe(2);
});

test('F-B5 a doubted client is read past the memory once a second, and remembered anew', async () => {
  const [clock, store] = [new HandClock(), clientsOf(publicClient)];
  const clients = cachedClients(store, clock);
  const doubt = () => clients.findAnew?.('client-1', clock.now());
  // What is not remembered was just read.
  expect(await doubt()).toBeUndefined();
  await clients.find('client-1', clock.now());
  clock.forward(59);
  expect(await Promise.all([doubt(), doubt(), doubt()])).toEqual([publicClient, undefined, undefined]);
  expect(store.asked).toBe(2);
  clock.forward(1);
  expect(await clients.find('client-1', clock.now())).toEqual(publicClient);
  expect(store.asked).toBe(2);
  expect(await doubt()).toEqual(publicClient);
  expect(store.asked).toBe(3);
});

test('a doubted client that is gone is forgotten', async () => {
  const [clock, list] = [new HandClock(), [publicClient]];
  const store = clientsOf();
  const clients = cachedClients({ ...store, find: async () => list[0] }, clock);
  await clients.find('client-1', clock.now());
  list.pop();
  expect(await clients.findAnew?.('client-1', clock.now())).toBeUndefined();
  expect(await clients.find('client-1', clock.now())).toBeUndefined();
});

test('only so many are remembered', async () => {
  const many = Array.from({ length: 1001 }, (_, n) => ({ ...publicClient, clientId: `c${n}` }));
  const [clock, store] = [new HandClock(), clientsOf(...many)];
  const clients = cachedClients(store, clock);
  for (const { clientId } of many) await clients.find(clientId, clock.now());
  await clients.find('c1000', clock.now());
  expect(store.asked).toBe(1001);
  await clients.find('c0', clock.now());
  expect(store.asked).toBe(1002);
});
