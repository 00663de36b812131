import type { Hono } from 'hono';
import type { Settings } from '../contract/settings.ts';
import type { SelfServiceDeps } from '../core/admin/deps.ts';
import { bindRoutes } from './bind-routes.ts';
import type { ErrorContext } from './errors.ts';
import type { RateLimited } from './rate-limiting.ts';
import { RefusedRequest } from './refused-request.ts';

export interface AccountAppDeps extends SelfServiceDeps, ErrorContext, RateLimited {
  readonly settings: Pick<Settings, 'brand'>;
}

/** A person's own page: what they have connected, and their API keys. */
export function accountApp(deps: AccountAppDeps): Hono {
  const open = (): Response => {
    throw new RefusedRequest('not_found', 'nothing is served here');
  };
  return bindRoutes(
    'account',
    { 'GET /account': open, 'GET /account/{page+}': open, 'POST /account/{page+}': open },
    deps,
  );
}
