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
