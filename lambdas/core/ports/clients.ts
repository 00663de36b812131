import type { Client } from '../client.ts';

/** Registered clients. */
export interface Clients {
  /** The client, unless it is unknown or its `expiresAt` has passed (checked on read, not left to DynamoDB). */
  find(clientId: string, now: number): Promise<Client | undefined>;

  /**
   * The same where clients are remembered, past the memory, for who has reason to doubt it.
   * @returns undefined also if it was asked for in this second already: whoever sends wrong secrets causes no more reads
   * @default nothing is remembered
   */
  findAnew?(clientId: string, now: number): Promise<Client | undefined>;

  /**
   * Stores a registration; one conditional write. Registering the same id again keeps the longer of the two lives
   * and the first `registeredAt`, so a retry or a thousandth registration changes nothing (D6).
   */
  register(client: Client): Promise<void>;

  /** Moves `expiresAt` on; one conditional write that never shortens a life and never creates a client. */
  renew(clientId: string, expiresAt: number): Promise<void>;

  /**
   * Keeps a copy of a metadata document in place of the last one; one conditional write, so that an older fetch
   * (`registeredAt`) never replaces a newer one. Never replaces a client of another kind.
   */
  keepDocument(client: Client): Promise<void>;
}
