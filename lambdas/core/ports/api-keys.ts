import type { ApiKey } from '../api-key.ts';
import type { Page, PageRequest } from '../page.ts';

/** API keys, for those who manage them and for the guard. */
export interface ApiKeys {
  /** Stores a new key; one conditional write. @returns the key that has the id already, if one has; nothing changes then */
  create(key: ApiKey): Promise<ApiKey | undefined>;
  /** Strongly consistent read, of revoked and expired ones too. */
  find(keyId: string): Promise<ApiKey | undefined>;
  /** One conditional write that only ever adds the revocation; idempotent. @returns false if there is no such key */
  revoke(keyId: string, by: string, now: number): Promise<boolean>;
  /** One write, if the last use that is noted is older than `interval` seconds; bookkeeping, never creates. */
  noteUse(keyId: string, address: string | undefined, now: number, interval: number): Promise<void>;
  /** Newest first, revoked and expired ones included. @param owner subject. @default everybody's */
  list(by: { readonly owner?: string }, page: PageRequest): Promise<Page<ApiKey>>;
}
