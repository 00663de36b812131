import type { AdminOperation } from '../../contract/admin/operation.ts';
import type { Settings } from '../../contract/settings.ts';
import type { AdminAnswer, AdminRequest } from '../../core/admin/admin-handler.ts';
import type { Administrator } from '../../core/admin/administrator.ts';
import type { AdminDeps } from '../../core/admin/deps.ts';
import type { ErrorContext } from '../errors.ts';
import type { SendPage } from '../page-response.ts';
import type { Links } from './links.ts';
import type { ConsolePage, Frame } from './look/layout.ts';

export interface ConsoleDeps extends AdminDeps, ErrorContext {
  readonly settings: Pick<Settings, 'brand'> & Partial<Pick<Settings, 'administrators'>>;
}

/** Runs an operation of the table; see http/admin/run-operation.ts. @throws AdminRefusal */
export type Run = (
  operation: AdminOperation,
  request: Partial<AdminRequest>,
  who: Administrator,
) => Promise<AdminAnswer>;

/** What the pages of the console share. */
export interface ConsoleDesk {
  readonly deps: ConsoleDeps;
  readonly links: Links;
  readonly send: SendPage<ConsolePage>;
  readonly run: Run;
}

/** An administrator in front of a page. */
export interface Visit {
  readonly desk: ConsoleDesk;
  readonly who: Administrator;
  readonly frame: Frame;
}

/** A row of an answer, in the members of contract/admin/resources.ts. */
export type Row = Readonly<Record<string, unknown>>;

/** Rows of a list. */
export interface RowPage {
  readonly items: readonly Row[];
  readonly next?: string | undefined;
}

/** A list's answer as what it is. */
export function rowPage(answer: AdminAnswer): RowPage {
  const { items, next } = answer;
  return { items: Array.isArray(items) ? (items as Row[]) : [], next: typeof next === 'string' ? next : undefined };
}
