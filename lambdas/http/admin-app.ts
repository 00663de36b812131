import type { Hono } from 'hono';
import type { Context } from 'hono';
import { adminOpenApi } from '../contract/admin/open-api.ts';
import type { Settings } from '../contract/settings.ts';
import type { AdminDeps } from '../core/admin/deps.ts';
import { adminResource } from '../core/admin/admin-resource.ts';
import { answerApi, answerApiError } from './admin/api.ts';
import { bindRoutes } from './bind-routes.ts';
import type { ErrorContext } from './errors.ts';
import { adminConsole } from './console/console.ts';
import { answerJson } from './errors.ts';
import { limitAddress } from './limit-address.ts';
import type { RateLimited } from './rate-limiting.ts';

export interface AdminAppDeps extends AdminDeps, ErrorContext, RateLimited {
  readonly settings: Pick<Settings, 'brand'> & Partial<Pick<Settings, 'administrators'>>;
}

/** The console of administrators and their HTTP API, both made of the table of operations (F-D5). */
export function adminApp(deps: AdminAppDeps): Hono {
  const { administrators } = deps.settings;
  const api = (context: Context) => answerApi(context, { ...deps, administrators });
  const console = adminConsole(deps);
  return bindRoutes(
    'admin',
    {
      'GET /admin': console.show,
      'GET /admin/openapi.json': () => Response.json(adminOpenApi(deps.issuer)),
      'GET /admin/api/{operation+}': api,
      'POST /admin/api/{operation+}': api,
      'PUT /admin/api/{operation+}': api,
      'DELETE /admin/api/{operation+}': api,
      'GET /admin/{page+}': console.show,
      'POST /admin/{page+}': console.take,
    },
    {
      ...deps,
      answerError: (error, context) =>
        isApi(context) ? answerApiError(error, context, deps) : console.refuse(error, context),
      answerMethod: (error, context) => (isApi(context) ? answerApiError : answerJson)(error, context, deps),
      before: (context) => limitAddress(context, isApi(context) ? 'address' : 'signIn', deps),
    },
  );
}

/** Whether a program asks, which reads problem details, and no person in front of a page. */
function isApi({ req }: Context): boolean {
  return req.path.startsWith(`${adminResource('').path}/`);
}
