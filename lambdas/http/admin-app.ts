import type { Hono } from 'hono';
import type { Settings } from '../contract/settings.ts';
import type { AdminDeps } from '../core/admin/deps.ts';
import { bindRoutes } from './bind-routes.ts';
import type { ErrorContext } from './errors.ts';
import type { RateLimited } from './rate-limiting.ts';
import { RefusedRequest } from './refused-request.ts';

export interface AdminAppDeps extends AdminDeps, ErrorContext, RateLimited {
  readonly settings: Pick<Settings, 'brand'> & Partial<Pick<Settings, 'administrators'>>;
}

/** The console of administrators and their HTTP API, both made of the table of operations (F-D5). */
export function adminApp(deps: AdminAppDeps): Hono {
  const open = (): Response => {
    throw new RefusedRequest('not_found', 'nothing is served here');
  };
  return bindRoutes(
    'admin',
    {
      'GET /admin': open,
      'GET /admin/openapi.json': open,
      'GET /admin/api/{operation+}': open,
      'POST /admin/api/{operation+}': open,
      'PUT /admin/api/{operation+}': open,
      'DELETE /admin/api/{operation+}': open,
      'GET /admin/{page+}': open,
      'POST /admin/{page+}': open,
    },
    deps,
  );
}
