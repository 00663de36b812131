import type { Client } from '../client.ts';

/** Changes of registered clients, for those who manage them. Everything else needs `Clients` only. */
export interface ClientRegistry {
  /**
   * Puts other metadata in place of a client's; one conditional write. Its id, its first registration and its life stay.
   * @returns false if it is gone or was replaced meanwhile: `client.revision` is not the one after the stored
   */
  replace(client: Client): Promise<boolean>;

  /** Stores a new client; one conditional write. @returns the one that has the id already, if one has; nothing changes then */
  create(client: Client): Promise<Client | undefined>;

  /** Stores a client as it is, over whatever stands under its id; one write. For administrators. */
  put(client: Client): Promise<void>;

  /** Deletes a client; idempotent. @returns whether there was one */
  remove(clientId: string): Promise<boolean>;
}
