import type { PageRequest } from '../page.ts';
import type { Administrator } from './administrator.ts';
import type { AdminDeps } from './deps.ts';

/** A request for an operation, as read by the table: every input has the type of its field, and none is unknown. */
export interface AdminRequest {
  /** The key in the path; empty for operations without one. */
  readonly key: string;
  /** By name of the field: string, readonly string[], number or boolean. What was not given is absent. */
  readonly input: Readonly<Record<string, string | readonly string[] | number | boolean>>;
  /** For lists. */
  readonly page: PageRequest;
  /** Who repeats a request with the same one gets the same answer; 1 to 200 characters. @default none */
  readonly idempotencyKey?: string | undefined;
}

/** An answer in the members of contract/admin/resources.ts; a list is `{ items, next? }`. Times are ISO 8601. */
export type AdminAnswer = Readonly<Record<string, unknown>>;

/**
 * One operation of the table. Whether `who` may do it was checked.
 * @throws AdminRefusal
 */
export type AdminHandler = (request: AdminRequest, who: Administrator, deps: AdminDeps) => Promise<AdminAnswer>;
