import type { Settings } from '../../contract/settings.ts';
import type { SelfServiceDeps } from '../../core/admin/deps.ts';
import type { browserCookies } from '../browser-cookies.ts';
import type { ErrorContext } from '../errors.ts';
import type { SendPage } from '../page-response.ts';
import type { SignedIn } from '../signed-in.ts';
import type { Links } from './links.ts';
import type { AccountPage } from './look/layout.ts';

export interface AccountDeps extends SelfServiceDeps, ErrorContext {
  readonly settings: Pick<Settings, 'brand'> & Partial<Pick<Settings, 'administrators'>>;
}

/** What the handlers of these pages share. */
export interface AccountDesk {
  readonly deps: AccountDeps;
  readonly links: Links;
  readonly cookies: ReturnType<typeof browserCookies>;
  readonly send: SendPage<AccountPage>;
}

/** A person in front of one of their pages. */
export interface Visit {
  readonly desk: AccountDesk;
  readonly who: SignedIn;
  /** What the path names: a client, a session or a key; empty where it names nothing. Not judged yet. */
  readonly key: string;
  readonly query: URLSearchParams;
  /** Of a POST whose sender and token were checked; empty for a GET. */
  readonly form: URLSearchParams;
}

export type Answer = (visit: Visit) => Promise<Response>;
