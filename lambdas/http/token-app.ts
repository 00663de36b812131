import type { Hono } from 'hono';
import type { TokenDeps } from '../core/grants/exchange-token.ts';
import { exchangeToken } from '../core/grants/exchange-token.ts';
import { bindRoutes } from './bind-routes.ts';
import type { ErrorContext } from './errors.ts';
import { readForm } from './read-params.ts';

export interface TokenAppDeps extends TokenDeps, ErrorContext {}

/** The token endpoint (OAuth 2.1 §3.2). */
export function tokenApp(deps: TokenAppDeps): Hono {
  return bindRoutes(
    'token',
    {
      'POST /token': async (context) => {
        const params = await readForm(context);
        const authorizationHeader = context.req.header('Authorization');
        const credentials = authorizationHeader === undefined ? {} : { authorizationHeader };
        return Response.json(await exchangeToken({ params, ...credentials }, deps));
      },
    },
    deps,
  );
}
