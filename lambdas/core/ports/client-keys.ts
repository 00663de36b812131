import type { Client } from '../client.ts';

/** A public key as a client publishes it (RFC 7517); nothing in it is trusted but that it verifies a signature. */
export type ClientJwk = Readonly<Record<string, unknown>>;

/** Public keys of clients that authenticate by `private_key_jwt`. */
export interface ClientKeys {
  /**
   * The keys in the client's metadata, or those at its `jwksUri` (remembered for 10 minutes); empty if it has none.
   * @param options `fresh`: asked because no remembered key verifies; fetches again, at most once a minute
   * @throws DocumentError if the keys must be fetched and cannot be
   */
  find(client: Client, options?: { readonly fresh?: boolean }): Promise<readonly ClientJwk[]>;
}
