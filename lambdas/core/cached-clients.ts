import type { Client } from './client.ts';
import type { Clients } from './ports/clients.ts';
import type { Clock } from './ports/clock.ts';
import { putNewest } from './put-newest.ts';

/** Seconds for which a client is remembered: the bound on how late a deleted client is noticed. */
export const clientMemory = 60;
/** Clients remembered at once; the oldest goes first. */
const room = 1000;

interface Entry {
  readonly client: Client;
  /** Epoch seconds. */
  readonly until: number;
  /** Epoch second in which it was last read because somebody doubted it. */
  anewAt?: number | undefined;
}

/**
 * Remembers clients that were found, for 60 seconds, so that a warm token endpoint reads none. Unknown ones are
 * always asked for again, because a client uses its id right after it registered.
 */
export function cachedClients(clients: Clients, clock: Clock): Clients {
  const known = new Map<string, Entry>();

  function remembered(clientId: string, now: number): Client | undefined {
    const entry = known.get(clientId);
    if (!entry || entry.until <= clock.now()) return undefined;
    return (entry.client.expiresAt ?? Infinity) > now ? entry.client : undefined;
  }

  function remember(clientId: string, client: Client, anewAt?: number): void {
    putNewest(known, clientId, { client, until: clock.now() + clientMemory, anewAt }, room);
  }

  async function find(clientId: string, now: number): Promise<Client | undefined> {
    const hit = remembered(clientId, now);
    if (hit) return hit;
    const client = await clients.find(clientId, now);
    if (client) remember(clientId, client);
    else known.delete(clientId);
    return client;
  }

  async function findAnew(clientId: string, now: number): Promise<Client | undefined> {
    const entry = known.get(clientId);
    const second = clock.now();
    if (!entry || entry.anewAt === second) return undefined;
    // Before the read, so that parallel requests cause one.
    entry.anewAt = second;
    const client = await clients.find(clientId, now);
    if (client) remember(clientId, client, second);
    else known.delete(clientId);
    return client;
  }

  return {
    find,
    findAnew,
    async register(client) {
      known.delete(client.clientId);
      await clients.register(client);
    },
    async renew(clientId, expiresAt) {
      known.delete(clientId);
      await clients.renew(clientId, expiresAt);
    },
    async keepDocument(client) {
      known.delete(client.clientId);
      await clients.keepDocument(client);
    },
  };
}
