import type { Client } from '../client.ts';
import type { Grant } from '../grant.ts';
import type { Page, PageRequest } from '../page.ts';
import type { Consent } from './consents.ts';

/** Grants that live, newest first: what people call sessions. They may be seconds behind. */
export interface SessionList {
  list(
    by: { readonly person?: string; readonly client?: string },
    page: PageRequest,
    now: number,
  ): Promise<Page<Grant>>;
}

/** Registered clients, newest first. */
export interface ClientList {
  list(by: { readonly kind?: Client['kind'] }, page: PageRequest, now: number): Promise<Page<Client>>;
  /** Those of the ids that are registered, in any order; an id that comes twice counts once. */
  findAll(clientIds: readonly string[], now: number): Promise<readonly Client[]>;
}

/** What people allowed, newest first; one person's consents by client id. */
export interface ConsentList {
  list(by: { readonly person?: string; readonly client?: string }, page: PageRequest): Promise<Page<Consent>>;
  /** Forgets a consent; idempotent. @returns whether there was one */
  remove(sub: string, clientId: string, resource: string): Promise<boolean>;
}
